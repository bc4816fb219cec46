package io.lookout.ingest.scrape.discovery;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.lookout.ingest.scrape.config.Discovery;
import io.lookout.ingest.scrape.config.Discovery.TargetGroup;
import io.lookout.ingest.scrape.kubernetes.ClusterWatch;
import io.lookout.ingest.scrape.kubernetes.Clusters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects of a Kubernetes cluster. The client has threads of its own and tells of changes there;
 * groups are made anew at most once in a while, however many changes there are.
 */
final class KubernetesSource implements TargetSource {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesSource.class);
  private static final long LOOK_MILLIS = 250;

  private final Vertx vertx;
  private final Discovery.Kubernetes config;
  private long timer = -1;
  private boolean looking;
  private @Nullable ClusterWatch watch;

  KubernetesSource(Vertx vertx, Discovery.Kubernetes config) {
    this.vertx = vertx;
    this.config = config;
  }

  @Override
  public void start(Consumer<List<TargetGroup>> listener) {
    Context context = vertx.getOrCreateContext();
    timer = vertx.setPeriodic(LOOK_MILLIS, id -> look(listener));
    vertx
        .executeBlocking(this::open, false)
        .onSuccess(opened -> context.runOnContext(run -> take(opened)))
        .onFailure(
            failure -> LOG.error("Kubernetes discovery cannot begin: {}", failure.toString()));
  }

  private ClusterWatch open() {
    KubernetesClient client = Clusters.open(config);
    return new ClusterWatch(client, config);
  }

  private void take(ClusterWatch opened) {
    if (timer >= 0) {
      watch = opened;
    } else {
      close(opened);
    }
  }

  private void look(Consumer<List<TargetGroup>> listener) {
    ClusterWatch now = watch;
    if (now == null || looking || !now.hasChanged()) {
      return;
    }
    looking = true;
    vertx
        .executeBlocking(now::groups, false)
        .onFailure(failure -> LOG.warn("Kubernetes discovery: {}", failure.toString()))
        .onComplete(done -> {
          looking = false;
          if (done.succeeded() && timer >= 0) {
            listener.accept(done.result());
          }
        });
  }

  private void close(ClusterWatch opened) {
    vertx.executeBlocking(
        () -> {
          opened.close();
          return true;
        },
        false);
  }

  @Override
  public void stop() {
    vertx.cancelTimer(timer);
    timer = -1;
    if (watch != null) {
      close(watch);
    }
  }
}
