package io.lookout.storage;

import io.lookout.cluster.Node;
import io.lookout.cluster.Role;
import io.lookout.cluster.kafka.KafkaSettings;
import io.lookout.cluster.kafka.TransportSettings;
import io.lookout.cluster.limits.LimitSettings;
import io.lookout.cluster.resolution.DownsamplingSettings;
import io.lookout.cluster.settings.Settings;
import io.lookout.storage.compact.CompactionSettings;
import io.lookout.storage.elasticsearch.ElasticsearchSettings;
import io.lookout.storage.spill.SpillSettings;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps samples: shards with their logs and heads, the block store, and what answers from them. */
public final class StorageRole implements Role {
  private @Nullable RunningStorage running;

  @Override
  public String name() {
    return "storage";
  }

  @Override
  public List<Class<? extends Record>> settings() {
    return List.of(
        StorageSettings.class,
        SpillSettings.class,
        CompactionSettings.class,
        DownsamplingSettings.class,
        ElasticsearchSettings.class,
        LimitSettings.class,
        KafkaSettings.class,
        TransportSettings.class);
  }

  @Override
  public boolean keepsData(Settings settings) {
    return true;
  }

  @Override
  public Future<Void> start(Node node) {
    node.readiness().waitFor("storage");
    return RunningStorage.open(node, node.settings().of(StorageSettings.class))
        .compose(storage -> {
          running = storage;
          return storage.serve();
        })
        .onSuccess(done -> node.readiness().ready("storage"));
  }

  @Override
  public Future<Void> stop() {
    RunningStorage storage = running;
    running = null;
    return storage == null ? Future.succeededFuture() : storage.stop();
  }
}
