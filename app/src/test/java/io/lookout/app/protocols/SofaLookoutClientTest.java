package io.lookout.app.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.lookout.api.PRIORITY;
import com.alipay.lookout.core.config.LookoutConfig;
import com.alipay.lookout.remote.report.Address;
import com.alipay.lookout.remote.report.AddressService;
import com.alipay.lookout.remote.report.poller.MetricsHttpExporter;
import com.alipay.lookout.remote.report.poller.PollerController;
import com.alipay.lookout.remote.step.LookoutRegistry;
import io.lookout.cluster.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SOFALookout's client 1.6.1 reports. */
class SofaLookoutClientTest {
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

  private record Here(Address address) implements AddressService {
    @Override
    public void setAgentTestUrl(String url) {}

    @Override
    public void setAgentServerVip(String vip) {}

    @Override
    public boolean isAgentServerExisted() {
      return true;
    }

    @Override
    public Address getAgentServerHost() {
      return address;
    }

    @Override
    @SuppressWarnings("deprecation")
    public void clearAddressCache() {}
  }

  @Test
  void metricsOfTheClientArrive() {
    LookoutConfig config = new LookoutConfig();
    config.setProperty(LookoutConfig.APP_NAME, "shop");
    for (PRIORITY priority : PRIORITY.values()) {
      config.setStepInterval(priority, 2000);
    }
    LookoutRegistry registry =
        new LookoutRegistry(config, new Here(new Address("127.0.0.1", lookout.port())));
    registry.gauge(registry.createId("room.size").withTag("floor", "2"), () -> 12.5);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> {
          registry.counter(registry.createId("orders")).inc();
          registry.timer(registry.createId("call")).record(3, TimeUnit.MILLISECONDS);
          registry.distributionSummary(registry.createId("bytes")).record(100);
          assertThat(lookout.value("{'room.size.value',floor='2',app='shop'}")).isEqualTo(12.5);
          assertThat(lookout.value("max_over_time({'orders.count'}[5m])")).isPositive();
          assertThat(lookout.value("max_over_time({'call.max'}[5m])")).isPositive();
          assertThat(lookout.value("max_over_time({'bytes.max'}[5m])")).isEqualTo(100);
        });
    registry.destroy();
  }

  /** The client asks before its first report, and selects what it reports by the answer. */
  @Test
  void theClientReportsWhatTheWhiteListSays(@TempDir Path data) {
    try (RunningLookout choosy = RunningLookout.start(data, "sofalookout.names=wanted.")) {
      LookoutConfig config = new LookoutConfig();
      config.setProperty(LookoutConfig.APP_NAME, "choosy");
      for (PRIORITY priority : PRIORITY.values()) {
        config.setStepInterval(priority, 2000);
      }
      LookoutRegistry registry =
          new LookoutRegistry(config, new Here(new Address("127.0.0.1", choosy.port())));
      registry.gauge(registry.createId("wanted.size"), () -> 1);
      registry.gauge(registry.createId("other.size"), () -> 2);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() ->
              assertThat(choosy.value("count_over_time({'wanted.size.value'}[5m])"))
                  .isGreaterThan(1));
      assertThat(choosy.query("{'other.size.value'}")).isEmpty();
      registry.destroy();
    }
  }

  @Test
  void answersAsTheGatewayDoes() {
    String record =
        "{\"time\":"
            + System.currentTimeMillis()
            + ",\"tags\":{\"k\":\"v\"},\"one\":{\"value\":1}}";
    assertThat(lookout.post("/datas", record).headers().firstValue("Wait-Minutes")).hasValue("5");
    assertThat(lookout.post("/datas", record, "app", "a").statusCode()).isEqualTo(200);
    assertThat(lookout.post("/datas", record + "\t{", "app", "a").headers().firstValue("Err"))
        .isPresent();
    assertThat(lookout.get("/datas").statusCode()).isEqualTo(403);
    assertThat(lookout.post("/lookout/metrics/app/direct/step/10/zone/z1", record).statusCode())
        .isEqualTo(200);
    assertThat(lookout.value("{'one.value',app='direct',zone='z1',k='v'}")).isEqualTo(1);
    assertThat(lookout.rejected("sofalookout", "malformed")).isEqualTo(1);
  }

  /** Its exporter listens on 19399 unless a test says otherwise. */
  @Test
  void whatTheClientKeepsForAPollerIsFetched(@TempDir Path data) throws Exception {
    LookoutConfig config = new LookoutConfig();
    config.setProperty(LookoutConfig.APP_NAME, "polled");
    config.setProperty(LookoutConfig.LOOKOUT_EXPORTER_ACCESS_TOKEN, "abc");
    LookoutRegistry registry =
        new LookoutRegistry(config, new Here(new Address("127.0.0.1", lookout.port())));
    registry.gauge(registry.createId("room.size").withTag("floor", "3"), () -> 7.5);
    registry.counter(registry.createId("orders")).inc();
    registry.timer(registry.createId("call")).record(3, TimeUnit.MILLISECONDS);
    int port = FreePort.find();
    MetricsHttpExporter exporter = new MetricsHttpExporter(new PollerController(registry), port, 4);
    exporter.start();
    try (RunningLookout poller =
        RunningLookout.start(
            data,
            "sofalookout.poll.targets=127.0.0.1:" + port,
            "sofalookout.poll.step=1s",
            "sofalookout.poll.token=abc")) {
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> {
            assertThat(poller.value("{'room.size.value',floor='3',ip='127.0.0.1'}")).isEqualTo(7.5);
            assertThat(poller.value("count({'orders.count'})")).isEqualTo(1);
            assertThat(poller.value("count({'call.max'})")).isEqualTo(1);
            assertThat(poller.value("count_over_time({'room.size.value'}[5m])")).isGreaterThan(2);
          });
    } finally {
      exporter.close();
      registry.destroy();
    }
  }
}
