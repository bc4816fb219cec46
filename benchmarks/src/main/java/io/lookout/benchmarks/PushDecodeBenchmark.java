package io.lookout.benchmarks;

import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.influx.LineDecoder;
import io.lookout.ingest.influx.Precision;
import io.lookout.ingest.opentsdb.PutDecoder;
import io.lookout.ingest.opentsdb.PutErrors;
import io.lookout.ingest.otlp.DeltaSums;
import io.lookout.ingest.otlp.OtlpDecoder;
import io.lookout.ingest.otlp.Translation;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import java.nio.charset.StandardCharsets;
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
 * What it costs to decode one sample that a client pushes, for each of the protocols of text or
 * JSON and for OTLP. All carry the same: 1,000 known series with four labels beside the name.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PushDecodeBenchmark {
  private static final int SERIES = 1000;
  private static final int FIELDS = 4;
  private static final long NOW = 1_767_323_045_000L;
  private static final String TENANT = "anonymous";

  private final PointBatches batches = Batches.remembering();
  private final DeltaSums deltas = new DeltaSums(1);
  private byte[] json = {};
  private byte[] lines = {};
  private byte[] otlp = {};

  @Setup
  public void setUp() {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder points = new StringBuilder("[");
    StringBuilder text = new StringBuilder();
    Sum.Builder sum =
        Sum.newBuilder()
            .setIsMonotonic(true)
            .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
    for (int i = 0; i < SERIES; i++) {
      points.append(i == 0 ? "" : ",").append(jsonPoint(i, random));
      if (i % FIELDS == 0) {
        text.append(line(i, random));
      }
      sum.addDataPoints(otlpPoint(i, random));
    }
    json = points.append(']').toString().getBytes(StandardCharsets.UTF_8);
    lines = text.toString().getBytes(StandardCharsets.UTF_8);
    otlp = otlpRequest(sum).toByteArray();
    expect(openTsdbJson(), SERIES);
    expect(influxLines(), SERIES);
    expect(otlpProtobuf(), SERIES);
  }

  private static void expect(int samples, int expected) {
    if (samples != expected) {
      throw new IllegalStateException(samples + " samples");
    }
  }

  private static String jsonPoint(int i, SplittableRandom random) {
    return ("{\"metric\":\"http.requests\",\"timestamp\":%d,\"value\":%d,\"tags\":{\"job\":\"shop\","
            + "\"instance\":\"web%d:8080\",\"method\":\"GET\",\"dc\":\"ams\"}}")
        .formatted(NOW, random.nextInt(1 << 30), i);
  }

  private static String line(int i, SplittableRandom random) {
    return "http,job=shop,instance=web%d:8080,method=GET,dc=ams requests=%di,bytes=%di,errors=%di,busy=0.%06d %d\n"
        .formatted(
            i,
            random.nextInt(1 << 30),
            random.nextLong(1L << 40),
            random.nextInt(1000),
            random.nextInt(1_000_000),
            NOW);
  }

  private static NumberDataPoint otlpPoint(int i, SplittableRandom random) {
    return NumberDataPoint.newBuilder()
        .setTimeUnixNano(NOW * 1_000_000)
        .setAsInt(random.nextInt(1 << 30))
        .addAttributes(attribute("instance", "web" + i + ":8080"))
        .addAttributes(attribute("method", "GET"))
        .addAttributes(attribute("dc", "ams"))
        .build();
  }

  private static KeyValue attribute(String name, String value) {
    return KeyValue.newBuilder()
        .setKey(name)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static ExportMetricsServiceRequest otlpRequest(Sum.Builder sum) {
    ResourceMetrics.Builder resource = ResourceMetrics.newBuilder();
    resource.getResourceBuilder().addAttributes(attribute("service.name", "shop"));
    resource.addScopeMetrics(
        ScopeMetrics.newBuilder()
            .addMetrics(Metric.newBuilder().setName("http.requests").setSum(sum)));
    return ExportMetricsServiceRequest.newBuilder().addResourceMetrics(resource).build();
  }

  @Benchmark
  @OperationsPerInvocation(SERIES)
  public int openTsdbJson() {
    return new PutDecoder(batches, new PutErrors()).decode(TENANT, json, json.length).sampleCount();
  }

  @Benchmark
  @OperationsPerInvocation(SERIES)
  public int influxLines() {
    LineDecoder.Target target = new LineDecoder.Target(TENANT, "", Precision.MILLISECONDS, NOW);
    return new LineDecoder(batches, target).decode(lines, lines.length).sampleCount();
  }

  @Benchmark
  @OperationsPerInvocation(SERIES)
  public int otlpProtobuf() {
    return new OtlpDecoder(batches, Translation.USUAL, deltas)
        .decode(TENANT, false, otlp, otlp.length)
        .sampleCount();
  }
}
