package io.lookout.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.decode.TestBatches;
import io.lookout.model.SampleColumns;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.WriteBatch;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each branch of the translation, beside names. */
class TranslationTest {
  private static final long SECOND = 1_000_000_000;

  private final PointBatches batches = TestBatches.batches();
  private final ResourceMetrics.Builder resource = ResourceMetrics.newBuilder();
  private final ScopeMetrics.Builder scope = resource.addScopeMetricsBuilder();
  private final PointTally tally = new PointTally();
  private Translation translation = Translation.USUAL;
  private final DeltaSums deltas = new DeltaSums(100);

  private PointBatch decode() {
    byte[] bytes =
        ExportMetricsServiceRequest.newBuilder().addResourceMetrics(resource).build().toByteArray();
    OtlpDecoder decoder = new OtlpDecoder(batches, translation, deltas, tally);
    return decoder.decode("t", false, bytes, bytes.length);
  }

  private Map<String, String> samples() {
    return TestBatches.samples(decode());
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static KeyValue attribute(String key, double value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setDoubleValue(value))
        .build();
  }

  private void ofShop() {
    resource
        .getResourceBuilder()
        .addAttributes(attribute("service.namespace", "shop"))
        .addAttributes(attribute("service.name", "cart"))
        .addAttributes(attribute("service.instance.id", "i-1"))
        .addAttributes(attribute("host.name", "h"))
        .addAttributes(attribute("os.type", "linux"));
  }

  private NumberDataPoint.Builder gauge(String name, long seconds) {
    return scope
        .addMetricsBuilder()
        .setName(name)
        .getGaugeBuilder()
        .addDataPointsBuilder()
        .setTimeUnixNano(seconds * SECOND)
        .setAsInt(1);
  }

  private HistogramDataPoint.Builder histogram(AggregationTemporality temporality, long seconds) {
    Metric.Builder metric = scope.addMetricsBuilder().setName("h");
    return metric
        .getHistogramBuilder()
        .setAggregationTemporality(temporality)
        .addDataPointsBuilder()
        .setTimeUnixNano(seconds * SECOND)
        .addAllExplicitBounds(List.of(0.5, 1e6))
        .addAllBucketCounts(List.of(1L, 0L, 2L))
        .setCount(3)
        .setSum(7);
  }

  private HistogramDataPoint.Builder cumulative() {
    return histogram(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE, 9);
  }

  private void promote(boolean all, String... attributes) {
    translation =
        new Translation(
            translation.naming(),
            new Translation.Promotion(all, List.of(attributes)),
            translation.scopes(),
            translation.keepIdentifying(),
            translation.customBuckets());
  }

  private void settings(boolean scopes, boolean keepIdentifying, boolean customBuckets) {
    translation =
        new Translation(
            translation.naming(), translation.promotion(), scopes, keepIdentifying, customBuckets);
  }

  @Test
  void aResourceIsJobAndInstanceAndTellsTheRestOnce() {
    ofShop();
    gauge("m", 9);
    assertThat(samples())
        .containsOnlyKeys(
            "m{instance=\"i-1\", job=\"shop/cart\"}",
            "target_info{host_name=\"h\", instance=\"i-1\", job=\"shop/cart\", os_type=\"linux\"}");
    assertThat(decode().decoded(0).batch().metadata())
        .contains(new MetricMetadata("target_info", "gauge", "Target metadata", ""));
  }

  @Test
  void identifyingAttributesCanBeToldToo() {
    ofShop();
    settings(false, true, false);
    gauge("m", 9);
    assertThat(samples().keySet())
        .anyMatch(key -> key.startsWith("target_info") && key.contains("service_name=\"cart\""));
  }

  @Test
  void aResourceThatIsOnlyItsIdentityHasNothingToTell() {
    resource.getResourceBuilder().addAttributes(attribute("service.name", "cart"));
    settings(false, true, false);
    gauge("m", 9);
    assertThat(samples()).containsOnlyKeys("m{job=\"cart\"}");
  }

  /** What a data point says of itself counts more than what its resource does, but for identity. */
  @Test
  void promotedAttributesYieldToThoseOfTheDataPoint() {
    ofShop();
    promote(false, "host.name", "os.type");
    gauge("m", 9)
        .addAttributes(attribute("host.name", "own"))
        .addAttributes(attribute("job", "own"))
        .addAttributes(attribute("__name__", "own"));
    assertThat(samples().keySet())
        .contains("m{host_name=\"own\", instance=\"i-1\", job=\"shop/cart\", os_type=\"linux\"}");
  }

  @Test
  void allAttributesCanBePromotedButForSome() {
    ofShop();
    promote(true, "os.type", "service.namespace");
    gauge("m", 9);
    assertThat(samples().keySet())
        .contains(
            "m{host_name=\"h\", instance=\"i-1\", job=\"shop/cart\", service_instance_id=\"i-1\","
                + " service_name=\"cart\"}");
  }

  @Test
  void scopesBecomeLabelsWhereThatIsWanted() {
    ofShop();
    scope.setSchemaUrl("https://s");
    scope.getScopeBuilder().setName("lib").setVersion("2").addAttributes(attribute("a.b", "c"));
    gauge("m", 9).addAttributes(attribute("otel.scope.name", "own"));
    assertThat(samples().keySet().toString()).doesNotContain("otel_scope_version");
    settings(true, false, false);
    assertThat(samples())
        .containsOnlyKeys(
            "m{instance=\"i-1\", job=\"shop/cart\", otel_scope_a_b=\"c\", otel_scope_name=\"lib\","
                + " otel_scope_schema_url=\"https://s\", otel_scope_version=\"2\"}",
            "target_info{host_name=\"h\", instance=\"i-1\", job=\"shop/cart\", os_type=\"linux\"}");
    scope.getScopeBuilder().clearName();
    assertThat(samples().keySet().toString()).doesNotContain("otel_scope_version");
  }

  /** Queries look back five minutes: no gap may be longer. */
  @Test
  void targetInfoIsThereAsLongAsItsSeriesAre() {
    ofShop();
    gauge("m", 1000);
    gauge("m", 1500);
    WriteBatch batch = decode().decoded(0).batch();
    List<Long> times =
        IntStream.range(0, batch.sampleCount())
            .filter(i ->
                batch.series()[batch.seriesOf()[i]].labels().metricName().equals("target_info"))
            .mapToObj(i -> batch.times()[i])
            .toList();
    assertThat(times).containsExactly(1_050_000L, 1_200_000L, 1_350_000L, 1_500_000L);
    gauge("m", 0);
    assertThat(decode().sampleCount()).as("however long ago").isLessThan(110);
  }

  @Test
  void attributesBecomeTextsAsInOpenTelemetry() {
    gauge("m", 9)
        .addAttributes(attribute("a", 1.0))
        .addAttributes(attribute("b", 1.5e9))
        .addAttributes(attribute("c", 2.5e-9))
        .addAttributes(attribute("d", 1e21));
    assertThat(samples())
        .containsOnlyKeys("m{a=\"1\", b=\"1500000000\", c=\"2.5e-9\", d=\"1e+21\"}");
  }

  @Test
  void namesCanKeepTheirDots() {
    translation =
        new Translation(
            NamingStrategy.NO_TRANSLATION, translation.promotion(), false, false, false);
    gauge("a.b", 9).addAttributes(attribute("c.d", "e"));
    assertThat(samples()).containsOnlyKeys("{\"a.b\", \"c.d\"=\"e\"}");
  }

  @Test
  void exemplarsGoToTheBucketThatCountsThem() {
    HistogramDataPoint.Builder point = cumulative();
    for (double value : new double[] {0.5, 2, 1e7}) {
      point.addExemplars(
          Exemplar.newBuilder()
              .setAsDouble(value)
              .setTraceId(ByteString.copyFrom(new byte[] {(byte) value})));
    }
    WriteBatch batch = decode().decoded(0).batch();
    assertThat(
            batch.exemplars().stream()
                .map(each ->
                    batch.series()[each.series()].labels().get("le")
                        + " "
                        + each.exemplar().value()
                        + "@"
                        + each.exemplar().time()))
        .as("and have the time of the data point where they have none")
        .containsExactly("0.5 0.5@9000", "1000000 2.0@9000", "+Inf 1.0E7@9000");
  }

  @Test
  void explicitBucketsCanBecomeNative() {
    settings(false, false, true);
    cumulative().addExemplarsBuilder().setAsDouble(2);
    WriteBatch batch = decode().decoded(0).batch();
    assertThat(batch.sampleCount()).isOne();
    var histogram = Objects.requireNonNull(Objects.requireNonNull(batch.histograms())[0]);
    assertThat(histogram.customValues()).containsExactly(0.5, 1e6);
    assertThat(histogram.positiveBuckets()).containsExactly(1, 2);
    assertThat(histogram.positiveSpans().toString())
        .isEqualTo("[Span[offset=0, length=1], Span[offset=1, length=1]]");
    assertThat(histogram.count()).isEqualTo(3);
    assertThat(histogram.sum()).isEqualTo(7);
    assertThat(batch.exemplars()).hasSize(1);
  }

  @Test
  void explicitBucketsThatDoNotAscendAreRefused() {
    settings(false, false, true);
    cumulative().setExplicitBounds(1, 0.25);
    assertThat(decode().rejections().text()).contains("ascend");
    assertThat(tally.refused(1)).isOne();
  }

  @Test
  void aHistogramWithoutBucketsIsItsCount() {
    settings(false, false, true);
    cumulative().clearBucketCounts().clearExplicitBounds();
    var histograms = Objects.requireNonNull(decode().decoded(0).batch().histograms());
    assertThat(Objects.requireNonNull(histograms[0]).positiveBuckets()).containsExactly(3);
  }

  /** One data point of a histogram is many samples; the sender counts data points. */
  @Test
  void dataPointsAreCountedNotSamples() {
    var delta = AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
    histogram(delta, 20);
    histogram(delta, 10);
    PointBatch batch = decode();
    assertThat(batch.rejections().samples()).isEqualTo(5);
    assertThat(tally.refused(5)).isOne();
    assertThat(tally.refused(6)).as("and one that storage refused").isEqualTo(2);
    assertThat(tally.refused(60)).isEqualTo(2);
  }

  @Test
  void lateDifferencesOfExponentialHistogramsAreTold() {
    for (long seconds : new long[] {20, 10}) {
      scope
          .addMetricsBuilder()
          .setName("e")
          .getExponentialHistogramBuilder()
          .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
          .addDataPointsBuilder()
          .setTimeUnixNano(seconds * SECOND)
          .setZeroCount(1)
          .setCount(1);
    }
    assertThat(decode().rejections().list().toString()).contains("too_late");
    assertThat(tally.refused(1)).isOne();
  }

  @Test
  void whoDoesNotSaySinceWhenIsRefused() {
    histogram(AggregationTemporality.AGGREGATION_TEMPORALITY_UNSPECIFIED, 9);
    assertThat(decode().rejections().list().toString())
        .contains("no_temporality")
        .contains("cumulative or delta");
    assertThat(tally.refused(1)).isOne();
  }

  @Test
  void nothingRecordedIsStale() {
    int flag = DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE;
    cumulative().setFlags(flag);
    settings(false, false, true);
    WriteBatch batch = decode().decoded(0).batch();
    assertThat(Double.doubleToRawLongBits(batch.values()[0]))
        .isEqualTo(Double.doubleToRawLongBits(SampleColumns.STALE_NAN));
    assertThat(batch.series()[0].labels().metricName()).isEqualTo("h");
  }

  @Test
  void summariesAreQuantilesSumAndCount() {
    scope
        .addMetricsBuilder()
        .setName("s")
        .getSummaryBuilder()
        .addDataPoints(
            SummaryDataPoint.newBuilder()
                .setTimeUnixNano(9 * SECOND)
                .setStartTimeUnixNano(SECOND)
                .setCount(4)
                .setSum(2.5)
                .addQuantileValues(
                    SummaryDataPoint.ValueAtQuantile.newBuilder().setQuantile(0.99).setValue(3)));
    assertThat(samples().toString())
        .isEqualTo("{s_count=4.0@9000, s_sum=2.5@9000, s{quantile=\"0.99\"}=3.0@9000}");
  }

  @Test
  void theFarFutureIsNotThePast() {
    gauge("m", 0).setTimeUnixNano(-1);
    assertThat(samples().values()).containsExactly("1.0@" + Long.divideUnsigned(-1, 1_000_000));
  }
}
