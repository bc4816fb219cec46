package io.lookout.benchmarks;

import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.WriteBatch;
import io.lookout.storage.shard.SealedWindow;
import io.lookout.storage.shard.Shard;
import io.lookout.storage.shard.ShardOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to append one sample of a series that is known: log and head, every chunk that
 * fills and every window that closes included. One invocation is one scrape of all series in
 * batches as Prometheus sends them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(1)
public class AppendBenchmark {
  private static final int SERIES = 10_000;
  private static final int BATCH = 2_500;
  private static final long INTERVAL = 15_000;

  /** Counters alone, or half of them gauges with two decimals. */
  @Param({"false", "true"})
  public boolean gauges;

  private final SeriesKey[] keys = new SeriesKey[SERIES];
  private final double[] values = new double[SERIES];
  private final SplittableRandom random = new SplittableRandom(1);
  private Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init") // Opened before the first invocation.
  private Shard shard;

  private long time = 1_700_000_000_000L;
  private long window;

  @Setup(Level.Trial)
  public void open() throws IOException {
    directory = Files.createTempDirectory("lookout-append");
    shard =
        Shard.open(
            0, ShardOptions.DEFAULTS, directory, Clock.systemUTC(), new SimpleMeterRegistry());
    for (int i = 0; i < SERIES; i++) {
      keys[i] =
          SeriesKey.of(
              SeriesKey.ANONYMOUS,
              Labels.of(
                  "__name__",
                  "metric_" + i % 200,
                  "instance",
                  "node-" + i / 1000 + ".example.net:9100",
                  "job",
                  "node",
                  "slot",
                  Integer.toString(i / 200)));
    }
  }

  @TearDown(Level.Trial)
  public void close() throws IOException {
    shard.close();
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  @Benchmark
  @OperationsPerInvocation(SERIES)
  public void append() {
    List<CompletableFuture<?>> replies = new ArrayList<>();
    for (int from = 0; from < SERIES; from += BATCH) {
      replies.add(shard.write(batch(from)));
    }
    replies.forEach(CompletableFuture::join);
    time += INTERVAL;
    long complete = time - time % ShardOptions.DEFAULTS.window().toMillis();
    if (window != 0 && complete > window) {
      SealedWindow sealed = shard.snapshot(window).join();
      shard.release(sealed).join();
    }
    window = complete;
  }

  private WriteBatch batch(int from) {
    WriteBatch.Builder batch = new WriteBatch.Builder(SeriesKey.ANONYMOUS, BATCH);
    for (int i = from; i < from + BATCH; i++) {
      boolean gauge = gauges && (i / 16) % 2 == 0;
      values[i] = gauge ? random.nextInt(10_000) / 100.0 : values[i] + random.nextInt(100);
      batch.sample(batch.series(keys[i]), time, values[i]);
    }
    return batch.build();
  }
}
