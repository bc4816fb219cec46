package io.lookout.app.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.app.process.LookoutProcess;
import io.lookout.sdk.LookoutConfig;
import io.lookout.sdk.LookoutMeterRegistry;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.prometheus.metrics.tracer.common.SpanContext;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every type of meter, pushed and read back through PromQL. */
class SdkIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Held here: the meter itself lets go of what it counts. */
  private static final AtomicInteger SEEN = new AtomicInteger(5);

  @TempDir private static Path directory = Path.of("");

  private static @Nullable LookoutProcess node;

  /** What a tracer says within a sampled span. */
  private static final class OneSpan implements SpanContext {
    @Override
    public String getCurrentTraceId() {
      return "0af7651916cd43dd8448eb211c80319c";
    }

    @Override
    public String getCurrentSpanId() {
      return "b7ad6b7169203331";
    }

    @Override
    public boolean isCurrentSpanSampled() {
      return true;
    }

    @Override
    public void markCurrentSpanAsExemplar() {
      // Nothing to keep: there is no tracer.
    }
  }

  @BeforeAll
  static void measureAndPush() throws IOException {
    node = LookoutProcess.start(directory, "--set", "scrape.self=false");
    LookoutConfig config =
        Map.of(
                "lookout.url", node.url(),
                "lookout.job", "orders",
                "lookout.instance", "orders-1",
                "lookout.interval", "1h")
            ::get;
    LookoutMeterRegistry meters = new LookoutMeterRegistry(config, Clock.SYSTEM, new OneSpan());
    measure(meters);
    meters.close();
  }

  private static void measure(MeterRegistry meters) {
    meters.counter("orders.placed", "shop", "north").increment(3);
    Gauge.builder("orders.open", () -> 7).description("Orders not shipped.").register(meters);
    Timer timer = Timer.builder("orders.time").sla(Duration.ofMillis(50)).register(meters);
    timer.record(Duration.ofMillis(20));
    timer.record(Duration.ofMillis(80));
    DistributionSummary.builder("orders.size")
        .baseUnit("bytes")
        .publishPercentiles(0.5)
        .register(meters)
        .record(100);
    FunctionCounter.builder("orders.seen", SEEN, AtomicInteger::get).register(meters);
    LongTaskTimer.builder("orders.packing").register(meters).start();
  }

  @AfterAll
  static void stop() {
    if (node != null) {
      node.close();
    }
  }

  private static JsonObject get(String path) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path)).build();
    HttpResponse<String> response = HTTP.sendAsync(request, BodyHandlers.ofString()).join();
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new JsonObject(response.body());
  }

  private static String url() {
    if (node == null) {
      throw new AssertionError("not started");
    }
    return node.url();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Of the one series that the expression gives. */
  private static double value(String expression) {
    var result =
        get("/api/v1/query?query=" + encoded(expression))
            .getJsonObject("data")
            .getJsonArray("result");
    assertThat(result).as(expression).hasSize(1);
    return Double.parseDouble(result.getJsonObject(0).getJsonArray("value").getString(1));
  }

  @Test
  void countersAndGauges() {
    assertThat(value("orders_placed_total{shop='north',job='orders',instance='orders-1'}"))
        .isEqualTo(3);
    assertThat(value("orders_open")).isEqualTo(7);
    assertThat(value("orders_seen_total")).isEqualTo(5);
  }

  @Test
  void timersAndSummaries() {
    assertThat(value("orders_time_seconds_count")).isEqualTo(2);
    assertThat(value("orders_time_seconds_sum")).isEqualTo(0.1);
    assertThat(value("orders_time_seconds_bucket{le='0.05'}")).isEqualTo(1);
    assertThat(value("orders_time_seconds_bucket{le='+Inf'}")).isEqualTo(2);
    assertThat(value("orders_size_bytes{quantile='0.5'}")).isBetween(90.0, 110.0);
    assertThat(value("orders_packing_seconds_count")).isEqualTo(1);
  }

  @Test
  void exemplars() {
    long now = System.currentTimeMillis() / 1000;
    String path =
        "/api/v1/query_exemplars?query=orders_time_seconds_bucket&start=%d&end=%d"
            .formatted(now - 3600, now + 60);

    assertThat(get(path).encode())
        .contains("\"trace_id\":\"0af7651916cd43dd8448eb211c80319c\"")
        .contains("\"span_id\":\"b7ad6b7169203331\"");
  }

  @Test
  void metadata() {
    JsonObject open =
        get("/api/v1/metadata?metric=orders_open")
            .getJsonObject("data")
            .getJsonArray("orders_open")
            .getJsonObject(0);
    assertThat(open.getString("type")).isEqualTo("gauge");
    assertThat(open.getString("help")).isEqualTo("Orders not shipped.");
  }
}
