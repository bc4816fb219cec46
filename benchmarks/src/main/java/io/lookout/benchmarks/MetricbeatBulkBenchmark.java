package io.lookout.benchmarks;

import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.metricbeat.BulkDecoder;
import io.lookout.ingest.metricbeat.EventFields;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to decode one sample of a bulk request of Metricbeat 8: events of system.network
 * and kubernetes.pod in turn, with all that an agent says of itself, of known series.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class MetricbeatBulkBenchmark {
  private static final int EVENTS = 200;

  /** Eight values of each event, and two of its fetch. */
  private static final int SAMPLES = EVENTS * 10;

  private static final long NOW = 1_767_323_045_000L;

  private final PointBatches batches = Batches.remembering();
  private final EventFields fields =
      new EventFields(
          batches.index(),
          List.of(),
          new EventFields.Room(20_000, 200_000),
          new SimpleMeterRegistry());
  private byte[] body = {};

  @Setup
  public void setUp() {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < EVENTS; i++) {
      text.append("{\"create\":{\"_index\":\"metricbeat-8.13.0\"}}\n");
      text.append(i % 2 == 0 ? network(i, random) : pod(i, random)).append('\n');
    }
    body = text.toString().getBytes(StandardCharsets.UTF_8);
    if (decode() != SAMPLES) {
      throw new IllegalStateException(decode() + " samples");
    }
  }

  private static String network(int i, SplittableRandom random) {
    return event("system", "network", i)
        + "\"system\":{\"network\":{\"name\":\"eth0\",\"in\":"
        + traffic(random)
        + ",\"out\":"
        + traffic(random)
        + "}}}";
  }

  private static String traffic(SplittableRandom random) {
    return "{\"bytes\":%d,\"packets\":%d,\"errors\":0,\"dropped\":0}"
        .formatted(random.nextLong(1L << 40), random.nextLong(1L << 30));
  }

  private static String pod(int i, SplittableRandom random) {
    return event("kubernetes", "pod", i)
        + "\"kubernetes\":{\"namespace\":\"shop\",\"node\":{\"name\":\"n1\"},\"pod\":{\"name\":"
        + "\"web-%d\",\"memory\":{\"usage\":{\"bytes\":%d,\"node\":{\"pct\":0.%09d}},\"rss\":{\"bytes\":%d}},"
            .formatted(
                i, random.nextInt(1 << 30), random.nextInt(1_000_000_000), random.nextInt(1 << 30))
        + "\"cpu\":{\"usage\":{\"nanocores\":%d,\"node\":{\"pct\":0.%09d}}},"
            .formatted(random.nextInt(1 << 30), random.nextInt(1_000_000_000))
        + "\"network\":{\"rx\":{\"bytes\":%d,\"errors\":0},\"tx\":{\"bytes\":%d}}}}}"
            .formatted(random.nextLong(1L << 40), random.nextLong(1L << 40));
  }

  private static String event(String module, String metricset, int host) {
    return "{\"@timestamp\":\"2026-01-02T03:04:05.678Z\",\"@metadata\":{\"beat\":\"metricbeat\"},"
        + "\"agent\":{\"name\":\"web%1$d\",\"type\":\"metricbeat\",\"version\":\"8.13.0\",\"id\":"
            .formatted(host)
        + "\"bd12ee45-881f-48e4-af20-13b139548607\"},\"ecs\":{\"version\":\"8.0.0\"},\"host\":"
        + "{\"name\":\"web%1$d\",\"os\":{\"name\":\"Debian\",\"version\":\"13\"},\"ip\":[\"10.0.0.1\"]},"
            .formatted(host)
        + "\"event\":{\"dataset\":\"%1$s.%2$s\",\"module\":\"%1$s\",\"duration\":115000},"
            .formatted(module, metricset)
        + "\"metricset\":{\"name\":\"%s\",\"period\":10000},\"service\":{\"type\":\"%s\"},"
            .formatted(metricset, module);
  }

  /** Of the whole request. */
  public int bytes() {
    return body.length;
  }

  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public int decode() {
    return new BulkDecoder(batches, fields, 50_000)
        .decode("anonymous", "", body, body.length, NOW)
        .sampleCount();
  }
}
