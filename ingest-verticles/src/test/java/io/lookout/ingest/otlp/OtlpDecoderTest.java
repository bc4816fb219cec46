package io.lookout.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.decode.TestBatches;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OtlpDecoderTest {
  private final PointBatches batches = TestBatches.batches();
  private final OtlpDecoder decoder =
      new OtlpDecoder(batches, Translation.USUAL, new DeltaSums(100));

  @Test
  void lateDifferencesAreRefusedAndRepeatedOnesChangeNothing() {
    assertThat(delta(10, 5)).isEqualTo("{m_total=5.0@10}");
    assertThat(delta(20, 3)).isEqualTo("{m_total=8.0@20}");
    assertThat(delta(20, 3)).isEqualTo("{m_total=8.0@20}");
    assertThat(delta(15, 1)).isEqualTo("{}");
  }

  private String delta(long millis, long value) {
    Metric.Builder metric = Metric.newBuilder().setName("m");
    metric
        .getSumBuilder()
        .setIsMonotonic(true)
        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
        .addDataPoints(
            NumberDataPoint.newBuilder().setTimeUnixNano(millis * 1_000_000).setAsInt(value));
    return TestBatches.samples(decode(request(metric))).toString();
  }

  private static byte[] request(Metric.Builder metric) {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    request.addResourceMetricsBuilder().addScopeMetricsBuilder().addMetrics(metric);
    return request.build().toByteArray();
  }

  private PointBatch decode(byte[] bytes) {
    return decoder.decode("t", false, bytes, bytes.length);
  }

  private static ExponentialHistogramDataPoint point(int scale) {
    ExponentialHistogramDataPoint.Builder point =
        ExponentialHistogramDataPoint.newBuilder().setScale(scale).setCount(7).setZeroCount(1);
    point.getPositiveBuilder().setOffset(-1).addAllBucketCounts(List.of(1L, 2L, 0L, 3L));
    return point.build();
  }

  @Test
  void exponentialBucketsMoveByOneAndFineOnesAreJoined() {
    assertThat(ExponentialBuckets.histogram(point(3)).toString()).contains("count:7");
    var plain = ExponentialBuckets.histogram(point(3));
    assertThat(plain.positiveSpans().toString())
        .isEqualTo("[Span[offset=0, length=2], Span[offset=1, length=1]]");
    assertThat(plain.positiveBuckets()).containsExactly(1, 2, 3);
    var joined = ExponentialBuckets.histogram(point(9));
    assertThat(joined.schema()).isEqualTo(8);
    assertThat(joined.positiveBuckets()).containsExactly(1, 2, 3);
    assertThat(joined.positiveSpans().toString()).isEqualTo("[Span[offset=0, length=3]]");
  }

  @Test
  void whatPrometheusCannotHoldIsRefused() {
    Metric.Builder metric = Metric.newBuilder().setName("h");
    metric
        .getExponentialHistogramBuilder()
        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
        .addDataPoints(point(-5));
    assertThat(decode(request(metric)).rejections().text()).contains("too coarse");
  }

  @Test
  void survivesWhateverItIsGiven() {
    Metric.Builder metric = Metric.newBuilder().setName("h").setUnit("s");
    metric
        .getExponentialHistogramBuilder()
        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
        .addDataPoints(point(3));
    TestBatches.fuzz(request(metric), 7, 20_000, this::decode);
    String json =
        "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"a\",\"gauge\":{\"dataPoints\":"
            + "[{\"timeUnixNano\":\"17\",\"asDouble\":1.5,\"flags\":1,\"attributes\":[{\"key\":\"k\","
            + "\"value\":{\"arrayValue\":{\"values\":[{\"intValue\":\"3\"}]}}}]}]}}]}]}]}";
    TestBatches.fuzz(
        json.getBytes(StandardCharsets.UTF_8),
        8,
        20_000,
        bytes -> decoder.decode("t", true, bytes, bytes.length));
  }
}
