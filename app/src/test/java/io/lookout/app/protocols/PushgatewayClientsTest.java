package io.lookout.app.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.exporter.PushGateway;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.exporter.pushgateway.Format;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two generations of Prometheus's Java client push, and text is imported. */
class PushgatewayClientsTest {
  @TempDir private static Path directory = Path.of("");

  private static RunningLookout lookout;

  @BeforeAll
  static void start() {
    lookout = RunningLookout.start(directory);
  }

  @AfterAll
  static void stop() {
    lookout.close();
  }

  @Test
  void simpleclientPushesAddsAndDeletes() throws IOException {
    CollectorRegistry registry = new CollectorRegistry();
    Counter counter = Counter.build("batch_rows", "Rows.").labelNames("part").register(registry);
    counter.labels("a,b}\"").inc(7);
    PushGateway gateway = new PushGateway("127.0.0.1:" + lookout.port());
    Map<String, String> group = Map.of("path", "/with/slash");

    gateway.pushAdd(registry, "nightly", group);
    assertThat(lookout.value("batch_rows_total{job='nightly',path='/with/slash',part='a,b}\"'}"))
        .isEqualTo(7);
    assertThat(lookout.value("push_time_seconds{job='nightly'}")).isGreaterThan(1e9);

    gateway.delete("nightly", group);
    assertThat(lookout.query("batch_rows_total{job='nightly'}")).isEmpty();
  }

  @Test
  void theNewClientPushesText() throws IOException {
    PrometheusRegistry registry = new PrometheusRegistry();
    Gauge gauge =
        Gauge.builder().name("last_success").help("When.").withoutExemplars().register(registry);
    gauge.set(42.5);
    var gateway =
        io.prometheus.metrics.exporter.pushgateway.PushGateway.builder()
            .address("127.0.0.1:" + lookout.port())
            .format(Format.PROMETHEUS_TEXT)
            .job("backup")
            .groupingKey("instance", "db-1")
            .registry(registry)
            .build();

    gateway.push();
    assertThat(lookout.value("last_success{job='backup',instance='db-1'}")).isEqualTo(42.5);
  }

  @Test
  void puttingAGroupMarksWhatIsNotInItAnyMore() throws IOException {
    String group = "/metrics/job/swap";
    assertThat(put(group, "one 1\ntwo 2\n")).isEqualTo(200);
    assertThat(put(group, "one 3\n")).isEqualTo(200);
    assertThat(lookout.value("one{job='swap'}")).isEqualTo(3);
    assertThat(lookout.query("two{job='swap'}")).isEmpty();
    assertThat(lookout.post(group, "three 1\n").statusCode()).isEqualTo(200);
    assertThat(lookout.value("one{job='swap'}")).isEqualTo(3);
  }

  private static int put(String path, String body) {
    return lookout.send("PUT", path, body).statusCode();
  }

  @Test
  void importKeepsTimesAndAddsLabels() {
    long time = System.currentTimeMillis() - 60_000;
    var answer =
        lookout.post(
            "/api/v1/import/prometheus?extra_label=site=berlin",
            "# TYPE imported gauge\nimported{a=\"1\"} 5 " + time + "\n");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    assertThat(lookout.value("timestamp(imported{site='berlin',a='1'})")).isEqualTo(time / 1000.0);
    answer =
        lookout.post(
            "/api/v1/import/prometheus",
            "# TYPE om counter\nom_total 3 # {trace_id=\"t\"} 1\n# EOF\n",
            "Content-Type",
            "application/openmetrics-text; version=1.0.0");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    assertThat(lookout.value("om_total")).isEqualTo(3);
  }

  /** Statuses that Debian's Pushgateway 1.5.1 gave for the same requests. */
  @ParameterizedTest
  @CsvSource({
    "/metrics/job/a, 200",
    "/metrics/job/a/, 200",
    "/metrics/job/a/b/, 200",
    "/metrics/job/a/b/c/, 400",
    "/metrics/job/a/b, 400",
    "/metrics/job/a%20b, 200",
    "/metrics/job@base64/YS9i, 200",
    "/metrics/job@base64/=, 400",
    "/metrics/job/a/path@base64/L3Zhci90bXA=, 200",
    "/metrics/job/a/path@base64/=, 200",
    "/metrics/job/a/path@base64/a, 400",
    "/metrics/job/a/1b/c, 400",
    "/metrics/job/a/b-c/d, 400",
    "/metrics/job/a/__b/c, 400",
    "/metrics/job/a/b/c/b/d, 200",
    "/metrics/job/%ff, 400",
    "/metrics, 405",
  })
  void pathsAreJudgedAsByThePushgateway(String path, int status) {
    assertThat(lookout.post(path, "judged 1\n").statusCode()).isEqualTo(status);
  }

  @Test
  void pushesInVainAreNoted() {
    assertThat(lookout.post("/metrics/job/vain", "x 1\nx 2\n").statusCode()).isEqualTo(400);
    assertThat(lookout.value("push_failure_time_seconds{job='vain'}")).isGreaterThan(1e9);
    assertThat(lookout.value("push_time_seconds{job='vain'}")).isZero();
    assertThat(lookout.post("/metrics/job/vain", "x 1\n").statusCode()).isEqualTo(200);
    assertThat(lookout.value("push_time_seconds{job='vain'}")).isGreaterThan(1e9);
    assertThat(lookout.value("push_failure_time_seconds{job='vain'}")).isGreaterThan(1e9);
    assertThat(lookout.post("/metrics/job/lucky", "push_time_seconds 7\n").statusCode())
        .isEqualTo(200);
    assertThat(lookout.value("push_time_seconds{job='lucky'}")).isGreaterThan(1e9);
    assertThat(lookout.value("push_failure_time_seconds{job='lucky'}")).isZero();
  }

  /** Answers that Debian's Pushgateway 1.5.1 gave to the same requests in the same order. */
  @Test
  void typesMustAgreeFromGroupToGroup() {
    assertThat(put("/metrics/job/agree-a", "# TYPE same counter\n# HELP same one\nsame 1\n"))
        .isEqualTo(200);
    var refused = lookout.post("/metrics/job/agree-b", "# TYPE same gauge\nsame 1\n");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body())
        .contains("pushed metrics are invalid or inconsistent with existing metrics")
        .contains("\"same\" is not a counter");
    assertThat(lookout.query("same{job='agree-b'}")).isEmpty();
    String otherHelp = "# TYPE same counter\n# HELP same two\nsame 1\n";
    assertThat(lookout.post("/metrics/job/agree-b", otherHelp).statusCode()).isEqualTo(200);
    assertThat(lookout.post("/metrics/job/agree-b", "same 1\n").statusCode()).isEqualTo(400);
    assertThat(put("/metrics/job/agree-a", "# TYPE same gauge\nsame 1\n")).isEqualTo(400);
    assertThat(lookout.send("DELETE", "/metrics/job/agree-b", "").statusCode()).isEqualTo(202);
    assertThat(lookout.query("push_time_seconds{job='agree-b'}")).isEmpty();
    assertThat(lookout.post("/metrics/job/agree-a", "# TYPE same gauge\nsame 1\n").statusCode())
        .isEqualTo(200);
    String histogram = "# TYPE h histogram\nh_bucket{le=\"1\"} 7\n";
    assertThat(put("/metrics/job/agree-a", histogram)).isEqualTo(200);
    assertThat(put("/metrics/job/agree-b", "# TYPE h summary\nh_count 1\n")).isEqualTo(400);
    assertThat(put("/metrics/job/agree-a", "")).isEqualTo(200);
    assertThat(put("/metrics/job/agree-b", "# TYPE h summary\nh_count 1\n")).isEqualTo(200);
    assertThat(lookout.send("DELETE", "/metrics/job/nobody", "").statusCode()).isEqualTo(202);
  }

  @Test
  void badRequestsAreRefusedAndCounted() {
    double before = lookout.rejected("pushgateway", "malformed");
    assertThat(lookout.post("/metrics/job/x", "no value\n").statusCode()).isEqualTo(400);
    var timed = lookout.post("/metrics/job/x", "m 1 1700000000000\n");
    assertThat(timed.statusCode()).isEqualTo(400);
    assertThat(timed.body()).contains("pushed metrics must not have timestamps");
    assertThat(lookout.post("/metrics/job/x/odd", "m 1\n").statusCode()).isEqualTo(400);
    assertThat(lookout.post("/metrics/job@base64/!!!", "m 1\n").statusCode()).isEqualTo(400);
    assertThat(lookout.post("/metrics/instance/x", "m 1\n").body()).contains("job name");
    assertThat(lookout.rejected("pushgateway", "malformed")).isGreaterThanOrEqualTo(before + 4);
    assertThat(lookout.post("/prom/metrics/job/sofa/app/shop/step/10", "sofa 1\n").statusCode())
        .isEqualTo(202);
    assertThat(lookout.value("sofa{app='shop'}")).isEqualTo(1);
  }
}
