package io.lookout.app.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.lookout.api.composite.MixinMetric;
import com.alipay.lookout.core.config.LookoutConfig;
import com.alipay.lookout.reg.prometheus.PrometheusRegistry;
import io.lookout.cluster.FreePort;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SOFALookout's client with lookout-reg-prometheus 1.6.1 is scraped. */
class SofaLookoutExporterTest {
  private static PrometheusRegistry registry(int port) {
    LookoutConfig config = new LookoutConfig();
    config.setProperty(LookoutConfig.APP_NAME, "shop");
    config.setProperty(LookoutConfig.LOOKOUT_PROMETHEUS_EXPORTER_SERVER_PORT, port);
    return new PrometheusRegistry(config);
  }

  private static String exposed(int port) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  @Test
  void everyTypeOfMetricIsRead(@TempDir Path data, @TempDir Path directory) throws Exception {
    int port = FreePort.find();
    Path scrape = directory.resolve("scrape.yml");
    Files.writeString(
        scrape,
        """
        scrape_configs:
          - job_name: sofa
            scrape_interval: 1s
            fallback_scrape_protocol: PrometheusText0.0.4
            static_configs: [{targets: ["127.0.0.1:%d"]}]
        """
            .formatted(port));
    try (PrometheusRegistry registry = registry(port);
        RunningLookout lookout = RunningLookout.start(data, "scrape.configs=" + scrape)) {
      registry.counter(registry.createId("orders").withTag("kind", "new")).inc(3);
      registry.gauge(registry.createId("room.size").withTag("floor", "2"), () -> 12.5);
      registry.timer(registry.createId("call")).record(30, TimeUnit.MILLISECONDS);
      registry.distributionSummary(registry.createId("bytes")).record(100);
      MixinMetric mixin = registry.mixinMetric(registry.createId("service"));
      mixin.counter("hits").inc(4);
      String of = "{app='shop',job='sofa'}";
      String text = exposed(port);
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> {
            assertThat(lookout.value("up{job='sofa'}")).as(text).isOne();
            assertThat(lookout.value("orders_value{kind='new',app='shop'}")).as(text).isEqualTo(3);
            assertThat(lookout.value("room_size_value{floor='2'}")).as(text).isEqualTo(12.5);
            assertThat(lookout.value("call_totalTime" + of)).as(text).isEqualTo(30);
            assertThat(lookout.value("bytes_totalAmount" + of)).as(text).isEqualTo(100);
            assertThat(lookout.value("service_hits" + of)).as(text).isEqualTo(4);
          });
    }
  }
}
