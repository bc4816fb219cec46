package io.lookout.storage;

import io.lookout.cluster.Node;
import io.lookout.cluster.ring.Membership.StorageNode;
import io.lookout.storage.elasticsearch.ElasticsearchBlockStore;
import io.lookout.storage.elasticsearch.ElasticsearchSettings;
import io.lookout.storage.elasticsearch.StoreSurroundings;
import io.lookout.storage.embedded.EmbeddedBlockStore;
import io.lookout.storage.store.BlockStore;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Opens the block store that the settings name. */
final class OpenStore {
  private static final Duration LIFE_CYCLE_INTERVAL = Duration.ofMinutes(1);
  private static final String UNUSABLE = "the block store, which cannot be used as it is: ";

  private final Node node;
  private final StorageSettings settings;
  private String problem = "";

  OpenStore(Node node, StorageSettings settings) {
    this.node = node;
    this.settings = settings;
  }

  /**
   * @param directory of the embedded store
   */
  Future<BlockStore> open(Path directory) {
    return switch (settings.store()) {
      case EMBEDDED ->
          EmbeddedBlockStore.open(node.vertx(), settings.embeddedStore(directory), node.meters());
      case ELASTICSEARCH ->
          ElasticsearchBlockStore.open(
              node.vertx(),
              node.settings().of(ElasticsearchSettings.class),
              surroundings(),
              node.meters());
    };
  }

  /**
   * A store of aggregates, beside that of samples.
   *
   * @param resolution as in names: {@code 5m}
   * @param directory of the embedded store
   * @param period that one index covers
   */
  Future<BlockStore> open(String resolution, Path directory, Duration period) {
    return switch (settings.store()) {
      case EMBEDDED ->
          EmbeddedBlockStore.open(
              node.vertx(),
              settings.embeddedStore(directory).of("store." + resolution, period),
              node.meters());
      case ELASTICSEARCH ->
          ElasticsearchBlockStore.open(
              node.vertx(),
              node.settings().of(ElasticsearchSettings.class).of(resolution, period),
              surroundings(),
              namedFor(resolution, node.meters()));
    };
  }

  /** The meters of a further store are others: {@code lookout.5m.store.put}. */
  private static MeterRegistry namedFor(String resolution, MeterRegistry meters) {
    CompositeMeterRegistry named = new CompositeMeterRegistry();
    named
        .config()
        .meterFilter(
            new MeterFilter() {
              @Override
              public Meter.Id map(Meter.Id id) {
                return id.withName(id.getName().replaceFirst("lookout", "lookout." + resolution));
              }
            });
    return named.add(meters);
  }

  private StoreSurroundings surroundings() {
    return new StoreSurroundings(
        settings.searchQueue(),
        settings.labelCache().bytes(),
        settings.blockCache().bytes(),
        LIFE_CYCLE_INTERVAL,
        this::isElected,
        this::judge);
  }

  /** The first of the storage nodes, as every node sees them in the same order. */
  private boolean isElected() {
    List<StorageNode> nodes = node.membership().storageNodes();
    return !nodes.isEmpty() && nodes.getFirst().id().equals(node.id());
  }

  /** What waits for a person is not ready; what waits for an engine that is away is. */
  private synchronized void judge(String verdict) {
    if (!verdict.equals(problem)) {
      if (!problem.isEmpty()) {
        node.readiness().ready(UNUSABLE + problem);
      }
      if (!verdict.isEmpty()) {
        node.readiness().waitFor(UNUSABLE + verdict);
      }
      problem = verdict;
    }
  }
}
