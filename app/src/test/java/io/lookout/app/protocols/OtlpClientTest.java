package io.lookout.app.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenTelemetry's SDK for Java exports, over HTTP and over gRPC. */
class OtlpClientTest {
  @TempDir private static Path directory = Path.of("");

  private static RunningLookout lookout;

  @BeforeAll
  static void start() {
    lookout =
        RunningLookout.start(
            directory,
            "otlp.promote.attributes=deployment.environment",
            "otlp.grpc.enabled=true",
            "otlp.grpc.listen=127.0.0.1:0");
  }

  @AfterAll
  static void stop() {
    lookout.close();
  }

  enum Transport {
    HTTP,
    GRPC;

    MetricExporter exporter(AggregationTemporalitySelector temporality) {
      return switch (this) {
        case HTTP ->
            OtlpHttpMetricExporter.builder()
                .setEndpoint(lookout.url() + "/v1/metrics")
                .setCompression("gzip")
                .setAggregationTemporalitySelector(temporality)
                .build();
        case GRPC ->
            OtlpGrpcMetricExporter.builder()
                .setEndpoint("http://127.0.0.1:" + lookout.port("otlp.grpc.listen"))
                .setCompression("gzip")
                .setAggregationTemporalitySelector(temporality)
                .build();
      };
    }
  }

  private static SdkMeterProvider provider(
      String service, Transport transport, AggregationTemporalitySelector temporality) {
    MetricExporter exporter = transport.exporter(temporality);
    Resource resource =
        Resource.create(
            Attributes.builder()
                .put("service.name", service)
                .put("service.namespace", "shop")
                .put("service.instance.id", "i-1")
                .put("deployment.environment", "test")
                .put("os.type", "linux")
                .build());
    return SdkMeterProvider.builder()
        .setResource(resource)
        .registerView(
            InstrumentSelector.builder().setType(InstrumentType.HISTOGRAM).setName("exp").build(),
            View.builder().setAggregation(Aggregation.base2ExponentialBucketHistogram()).build())
        .registerMetricReader(
            PeriodicMetricReader.builder(exporter).setInterval(Duration.ofHours(1)).build())
        .build();
  }

  /**
   * Tried again while the reader, which says so a moment late, has not done with the flush before.
   */
  private static void flush(SdkMeterProvider provider) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> provider.forceFlush().join(10, TimeUnit.SECONDS).isSuccess());
  }

  @ParameterizedTest
  @EnumSource
  void everyInstrumentArrives(Transport transport) {
    SdkMeterProvider provider =
        provider("cart" + transport, transport, AggregationTemporalitySelector.alwaysCumulative());
    Meter meter = provider.get("test");
    Attributes route = Attributes.of(AttributeKey.stringKey("http.route"), "/buy");
    meter.counterBuilder("http.requests").setUnit("{request}").build().add(3, route);
    meter.upDownCounterBuilder("queue.length").build().add(-2, route);
    meter.gaugeBuilder("room.temperature").setUnit("Cel").build().set(21.5);
    meter.gaugeBuilder("cpu.utilization").setUnit("1").build().set(0.25);
    meter.histogramBuilder("http.duration").setUnit("s").build().record(0.3, route);
    var exponential = meter.histogramBuilder("exp").setUnit("By").build();
    for (int i = 1; i <= 100; i++) {
      exponential.record(i);
    }
    flush(provider);
    provider.close();

    String job = "job='shop/cart" + transport + "'";
    String all = job + ",instance='i-1',deployment_environment='test'";
    assertThat(lookout.value("http_requests_total{http_route='/buy'," + all + "}")).isEqualTo(3);
    assertThat(lookout.value("queue_length{http_route='/buy'," + job + "}")).isEqualTo(-2);
    assertThat(lookout.value("room_temperature_celsius{" + job + "}")).isEqualTo(21.5);
    assertThat(lookout.value("cpu_utilization_ratio{" + job + "}")).isEqualTo(0.25);
    String duration = "http_duration_seconds";
    assertThat(lookout.value(duration + "_count{" + job + "}")).isEqualTo(1);
    assertThat(lookout.value(duration + "_sum{" + job + "}")).isEqualTo(0.3);
    assertThat(lookout.value(duration + "_bucket{le='+Inf'," + job + "}")).isEqualTo(1);
    assertThat(lookout.value(duration + "_bucket{le='0'," + job + "}")).isZero();
    String exp = "exp_bytes{" + job + "}";
    assertThat(lookout.value("histogram_count(" + exp + ")")).isEqualTo(100);
    assertThat(lookout.value("histogram_quantile(0.5, " + exp + ")")).isBetween(49.0, 52.0);
    assertThat(lookout.value("target_info{os_type='linux'," + job + "}")).isEqualTo(1);
    assertThat(lookout.get("/api/v1/metadata?metric=http_requests_total").body())
        .contains("\"counter\"");
  }

  @ParameterizedTest
  @EnumSource
  void differencesAreSummedUp(Transport transport) {
    SdkMeterProvider provider =
        provider("delta" + transport, transport, AggregationTemporalitySelector.deltaPreferred());
    Meter meter = provider.get("test");
    var counter = meter.counterBuilder("sold").build();
    var histogram = meter.histogramBuilder("price").build();
    var exponential = meter.histogramBuilder("exp").build();
    for (int i = 0; i < 2; i++) {
      counter.add(5);
      histogram.record(10);
      exponential.record(10);
      flush(provider);
    }
    provider.close();
    String job = "{job='shop/delta" + transport + "'}";
    assertThat(lookout.value("sold_total" + job)).isEqualTo(10);
    assertThat(lookout.value("price_count" + job)).isEqualTo(2);
    assertThat(lookout.value("histogram_count(exp" + job + ")")).isEqualTo(2);
  }

  @Test
  void jsonIsTaken() {
    long nanos = System.currentTimeMillis() * 1_000_000;
    String json =
        """
        {"resourceMetrics":[{"resource":{"attributes":[
            {"key":"service.name","value":{"stringValue":"js"}}]},
          "scopeMetrics":[{"metrics":[
            {"name":"page.views","unknown":{"a":[1]},"sum":{"aggregationTemporality":2,
              "isMonotonic":true,"dataPoints":[{"timeUnixNano":"%d","asInt":"9",
              "exemplars":[{"traceId":"5b8efff798038103d269b633813fc60c","asInt":1,
                "timeUnixNano":"%d"}]}]}},
            {"name":"broken","histogram":{"aggregationTemporality":2,"dataPoints":[
              {"timeUnixNano":"%d","count":"1","bucketCounts":["1"],"explicitBounds":[1,2]}]}}
          ]}]}]}\
        """
            .formatted(nanos, nanos, nanos);
    var answer = lookout.post("/api/v1/otlp/v1/metrics", json, "Content-Type", "application/json");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("\"rejectedDataPoints\":\"1\"").contains("broken");
    assertThat(lookout.value("page_views_total{job='js'}")).isEqualTo(9);
    assertThat(lookout.rejected("otlp", "invalid_histogram")).isEqualTo(1);
  }

  @Test
  void whatIsNoRequestIsRefused() {
    assertThat(lookout.post("/v1/metrics", "x", "Content-Type", "text/plain").statusCode())
        .isEqualTo(415);
    assertThat(lookout.post("/v1/metrics", "{", "Content-Type", "application/json").body())
        .contains("\"code\":3");
    assertThat(
            lookout
                .post("/v1/metrics", "xyz", "Content-Type", "application/x-protobuf")
                .statusCode())
        .isEqualTo(400);
    assertThat(lookout.post("/v1/metrics", "{}", "Content-Type", "application/json").body())
        .isEqualTo("{}");
  }
}
