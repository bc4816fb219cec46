package io.lookout.storage.elasticsearch;

import io.lookout.cluster.settings.Settings;
import io.lookout.storage.store.BlockStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Opens stores, each test under a name of its own. */
final class TestStores {
  private static final AtomicInteger NAMES = new AtomicInteger();

  private TestStores() {}

  static String freshName() {
    return "test-" + ProcessHandle.current().pid() + "-" + NAMES.incrementAndGet();
  }

  /**
   * @param assignments each {@code noun=value}, without {@code storage.elasticsearch}
   */
  static ElasticsearchSettings settings(String url, String... assignments) {
    List<String> all = new ArrayList<>();
    all.add("storage.elasticsearch.urls=" + url);
    all.add("storage.elasticsearch.replicas=0");
    for (String assignment : assignments) {
      all.add("storage.elasticsearch." + assignment);
    }
    return Settings.with(all.toArray(String[]::new)).of(ElasticsearchSettings.class);
  }

  static Future<BlockStore> open(
      Vertx vertx, ElasticsearchSettings settings, MeterRegistry meters) {
    return open(vertx, settings, Duration.ofHours(1), () -> true, meters);
  }

  /**
   * @param interval between looks at age and size of what is written to
   * @param elected whether this is the node that rolls over and drops
   */
  static Future<BlockStore> open(
      Vertx vertx,
      ElasticsearchSettings settings,
      Duration interval,
      BooleanSupplier elected,
      MeterRegistry meters) {
    StoreSurroundings surroundings =
        new StoreSurroundings(100, 1 << 20, 1 << 20, interval, elected, problem -> {});
    return ElasticsearchBlockStore.open(vertx, settings, surroundings, meters);
  }
}
