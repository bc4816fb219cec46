package io.lookout.ingest.scrape.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.ingest.scrape.config.Discovery;
import io.lookout.ingest.scrape.config.Discovery.TargetGroup;
import io.lookout.ingest.scrape.config.ScrapeConfigs;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an API server tells of pods while it is watched. */
class KubernetesWatchTest {
  private static final String PODS = "/api/v1/pods";
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Vertx vertx = Vertx.vertx();
  private final ApiServer server = new ApiServer(vertx, Map.of(PODS, pod("one", "10.0.0.1", 5)));
  private volatile List<TargetGroup> told = List.of();

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static String pod(String name, String address, int version) {
    return """
    {"kind":"Pod","apiVersion":"v1",
     "metadata":{"name":"%s","namespace":"shop","uid":"%s","resourceVersion":"%d"},
     "spec":{"containers":[{"name":"main","ports":[{"containerPort":80,"protocol":"TCP"}]}]},
     "status":{"podIP":"%s","phase":"Running"}}
    """
        .formatted(name, name, version, address);
  }

  private List<String> addresses() {
    return told.stream()
        .flatMap(group -> group.targets().stream())
        .map(target -> String.valueOf(target.get("__address__")))
        .sorted()
        .toList();
  }

  private void awaitAddresses(String... addresses) {
    await().atMost(LONG).untilAsserted(() -> assertThat(addresses()).containsExactly(addresses));
  }

  @Test
  void podsComeChangeAndGo() {
    String yaml =
        "scrape_configs: [{job_name: k, kubernetes_sd_configs: [{role: pod, api_server:"
            + " 'http://127.0.0.1:"
            + server.port()
            + "'}]}]";
    Discovery read = ScrapeConfigs.parse(Path.of("k.yml"), yaml).get(0).discoveries().get(0);
    TargetSource source = new KubernetesSource(vertx, (Discovery.Kubernetes) read);
    vertx.runOnContext(run -> source.start(groups -> told = groups));
    awaitAddresses("10.0.0.1:80");
    await().atMost(LONG).until(() -> server.watching(PODS) > 0);

    server.tell(PODS, "ADDED", pod("two", "10.0.0.2", 6));
    awaitAddresses("10.0.0.1:80", "10.0.0.2:80");
    server.tell(PODS, "MODIFIED", pod("two", "10.0.0.3", 7));
    awaitAddresses("10.0.0.1:80", "10.0.0.3:80");
    server.tell(PODS, "DELETED", pod("one", "10.0.0.1", 8));
    awaitAddresses("10.0.0.3:80");
    vertx.runOnContext(run -> source.stop());
    await().atMost(LONG).until(() -> server.watching(PODS) == 0);
  }
}
