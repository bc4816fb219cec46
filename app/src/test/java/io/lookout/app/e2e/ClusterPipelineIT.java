package io.lookout.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import io.lookout.app.protocols.RunningLookout;
import io.lookout.cluster.FreePort;
import io.lookout.cluster.bus.Addresses;
import io.lookout.cluster.bus.Bus;
import io.lookout.cluster.settings.SettingsException;
import io.lookout.model.bus.WriteBatch;
import io.vertx.core.Vertx;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes of a cluster, and a service of somebody else that joins them. */
class ClusterPipelineIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory = Path.of("");

  private RunningLookout start(String name, int port, int firstPort) {
    return start(name, name, port, firstPort);
  }

  private RunningLookout start(String data, String name, int port, int firstPort) {
    return RunningLookout.start(
        directory.resolve(data),
        "cluster.enabled=true",
        "cluster.node=" + name,
        "cluster.listen=127.0.0.1:" + port,
        "cluster.members=127.0.0.1:" + firstPort,
        "ingest.ha.enabled=true");
  }

  private static int write(RunningLookout lookout, String series) {
    return lookout.post("/api/v1/import/prometheus", series + " 1\n").statusCode();
  }

  @Test
  void nodesAgreeOnAReplicaAndAServiceSubscribes() throws Exception {
    int port = FreePort.find();
    try (RunningLookout first = start("first", port, port);
        RunningLookout second = start("second", FreePort.find(), port)) {
      assertThat(write(first, "up{cluster=\"eu\",__replica__=\"a\"}")).isEqualTo(204);
      assertThat(write(second, "up{cluster=\"eu\",__replica__=\"b\"}")).isEqualTo(204);
      assertThat(write(second, "seen{cluster=\"eu\",__replica__=\"a\"}")).isEqualTo(204);

      // A node that has just joined hears of the other's storage within its next announcement.
      await().atMost(PATIENCE).until(() -> first.query("{cluster='eu'}").size() == 2);
      assertThat(first.value("count(up{cluster='eu'})")).isEqualTo(1);
      assertThat(
              second.metric(
                  "lookout_ingest_dropped_samples_total{by=\"replica\","
                      + "protocol=\"text_import\"}"))
          .isOne();
      subscribe(first, port);
      assertThatThrownBy(() -> start("third", "second", FreePort.find(), port))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("another node of the cluster is called second too");
    }
  }

  private static void subscribe(RunningLookout lookout, int port) throws Exception {
    assertThat(lookout.metric("lookout_tap_published_samples_total")).isZero();
    Vertx service = join(port);
    try {
      Queue<String> heard = new ConcurrentLinkedQueue<>();
      Bus.open(service)
          .listener(
              Addresses.samples("anonymous"),
              WriteBatch.class,
              batch -> heard.add(batch.series()[0].labels() + " " + batch.values()[0]))
          .await(60, TimeUnit.SECONDS);
      await()
          .atMost(PATIENCE)
          .until(() -> write(lookout, "tapped{a=\"b\"}") == 204 && !heard.isEmpty());

      assertThat(heard).contains("tapped{a=\"b\"} 1.0");
      assertThat(lookout.metric("lookout_tap_published_samples_total")).isPositive();
      assertThat(lookout.metric("lookout_tap_dropped_samples_total")).isZero();
    } finally {
      service.close().await(60, TimeUnit.SECONDS);
    }
  }

  /** As docs/subscribing.md tells others to do it. */
  private static Vertx join(int port) throws Exception {
    Config config = ConfigUtil.loadConfig();
    config.setClusterName("lookout");
    config.setLiteMember(true);
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    config
        .getNetworkConfig()
        .getJoin()
        .getTcpIpConfig()
        .setEnabled(true)
        .addMember("127.0.0.1:" + port);
    config.setProperty("hazelcast.phone.home.enabled", "false");
    return Vertx.builder()
        .withClusterManager(new HazelcastClusterManager(config))
        .buildClustered()
        .await(60, TimeUnit.SECONDS);
  }
}
