package io.lookout.app.downsampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.cluster.engine.EngineProcess;
import io.lookout.cluster.engine.Engines;
import java.time.Duration;
import java.util.List;

/** Samples and aggregates in a real engine. */
class DownsamplingIT extends AggregatesContract {
  private final EngineProcess engine = Engines.shared(Engines.one());

  @Override
  List<String> store(String instance) {
    return List.of(
        "storage.store=elasticsearch",
        "storage.elasticsearch.urls=" + engine.url(),
        "storage.elasticsearch.replicas=0",
        "storage.elasticsearch.index=downsampling-" + instance);
  }

  @Override
  void lookInto(String instance) {
    for (String resolution : List.of("5m", "1h")) {
      String path = "/" + resolution + "-downsampling-" + instance;
      // Aggregates of one resolution may be there before those of the other.
      await().atMost(Duration.ofSeconds(60)).until(() -> count(path) > 0);
    }
  }

  private long count(String path) {
    assertThat(engine.status("POST", path + "/_refresh", "")).isEqualTo(200);
    return engine.json("GET", path + "/_count", "").getLong("count");
  }
}
