package io.lookout.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * What it costs to take samples in, in CPU time of the one thread that does so: figures that other
 * work on the machine changes little, unlike those of the benchmarks that it runs.
 *
 * <pre>
 *   java -cp benchmarks/target/benchmarks.jar io.lookout.benchmarks.IngestCost
 * </pre>
 */
public final class IngestCost {
  private static final int WARMING = 2;
  private static final int TURNS = 5;
  private static final long TURN_NANOS = 2_000_000_000L;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private IngestCost() {}

  public static void main(String[] args) throws IOException {
    RemoteWriteDecodeBenchmark remoteWrite = new RemoteWriteDecodeBenchmark();
    remoteWrite.setUp();
    measure("remote write, decoded and routed", () -> samples(remoteWrite));
    PushDecodeBenchmark push = new PushDecodeBenchmark();
    push.setUp();
    measure("InfluxDB lines", push::influxLines);
    measure("OpenTSDB JSON", push::openTsdbJson);
    measure("OTLP protobuf", push::otlpProtobuf);
    MetricbeatBulkBenchmark metricbeat = new MetricbeatBulkBenchmark();
    metricbeat.setUp();
    measure("Metricbeat bulk", metricbeat::decode);
  }

  private static int samples(RemoteWriteDecodeBenchmark remoteWrite) {
    int samples = 0;
    for (var part : remoteWrite.decodeAndRoute()) {
      samples += part.batch().sampleCount();
    }
    return samples;
  }

  /** Prints the least, the middle and the most of some turns, ns a sample. */
  private static void measure(String what, IntSupplier work) {
    double[] turns = new double[TURNS];
    for (int turn = -WARMING; turn < TURNS; turn++) {
      double nanos = turn(work);
      if (turn >= 0) {
        turns[turn] = nanos;
      }
    }
    Arrays.sort(turns);
    System.out.printf(
        Locale.ROOT,
        "%-34s %6.0f ns a sample (%.0f-%.0f), %,.0f samples/s a core%n",
        what,
        turns[TURNS / 2],
        turns[0],
        turns[TURNS - 1],
        1e9 / turns[TURNS / 2]);
  }

  private static double turn(IntSupplier work) {
    long begin = THREADS.getCurrentThreadCpuTime();
    long samples = 0;
    long used = 0;
    while (used < TURN_NANOS) {
      samples += work.getAsInt();
      used = THREADS.getCurrentThreadCpuTime() - begin;
    }
    return (double) used / samples;
  }
}
