package io.lookout.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.WriteBatch;
import io.lookout.storage.shard.Shard;
import io.lookout.storage.shard.ShardOptions;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What a sample takes in the write-ahead log of a shard, and what it costs to replay it: two hours
 * of scrapes every 15 s by instances that each have their own moment, in requests of 2,000 samples,
 * each written alone. A directory that has a log already is replayed only, so that a second run
 * tells what a start costs in a JVM that has just begun.
 *
 * <pre>
 *   java -cp benchmarks/target/benchmarks.jar io.lookout.benchmarks.LogCost DIRECTORY [SERIES]
 * </pre>
 */
public final class LogCost {
  private static final int BATCH = 2_000;
  private static final int ROUNDS = 480;
  private static final long INTERVAL = 15_000;
  private static final long START = 236_111 * 7_200_000L;

  private final Path directory;
  private final SeriesKey[] keys;
  private final int[] moments;

  private LogCost(Path directory, int series) {
    this.directory = directory;
    this.keys = new SeriesKey[series];
    this.moments = new int[series];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < series; i++) {
      keys[i] = MixedSeries.key(i);
      // An instance has a thousand series.
      moments[i] = i % 1000 == 0 ? random.nextInt((int) INTERVAL) : moments[i - 1];
    }
  }

  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    int series = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;
    boolean written = isThere(directory);
    LogCost cost = new LogCost(directory, series);
    if (!written) {
      cost.write();
    }
    cost.replay();
  }

  private static boolean isThere(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isPresent();
    }
  }

  private Shard open(MeterRegistry meters) throws IOException {
    return Shard.open(0, ShardOptions.DEFAULTS, directory, Clock.systemUTC(), meters);
  }

  private void write() throws IOException {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    long cpu = cpu();
    try (Shard shard = open(meters)) {
      for (int round = 0; round < ROUNDS; round++) {
        for (int from = 0; from < keys.length; from += BATCH) {
          shard.write(batch(round, from)).join();
        }
      }
    }
    double samples = meters.counter("lookout.storage.samples.appended", "shard", "0").count();
    double bytes = meters.counter("lookout.storage.wal.written.bytes", "shard", "0").count();
    System.out.printf(
        Locale.ROOT,
        "written   %,.0f samples, %.2f bytes a sample, %.2f s of CPU a million%n",
        samples,
        bytes / samples,
        (cpu() - cpu) / 1e3 / samples);
  }

  private WriteBatch batch(int round, int from) {
    int size = Math.min(BATCH, keys.length - from);
    WriteBatch.Builder batch = new WriteBatch.Builder(SeriesKey.ANONYMOUS, size);
    for (int i = from; i < from + size; i++) {
      long time = START + round * INTERVAL + moments[i];
      batch.sample(batch.series(keys[i]), time, MixedSeries.value(i, round));
    }
    return batch.build();
  }

  private void replay() throws IOException {
    long cpu = cpu();
    long thread = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    Shard shard = open(new SimpleMeterRegistry());
    try {
      double samples = (double) ROUNDS * keys.length;
      System.out.printf(
          Locale.ROOT,
          "replayed  %,.0f samples, %.2f s of CPU a million, %.2f s of them by the thread that"
              + " replays%n",
          samples,
          (cpu() - cpu) / 1e3 / samples,
          (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - thread) / 1e3 / samples);
    } finally {
      shard.close();
    }
  }

  /** Of the process, compilers and garbage collection included, ns. */
  private static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
