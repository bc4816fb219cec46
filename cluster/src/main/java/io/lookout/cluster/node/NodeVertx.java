package io.lookout.cluster.node;

import io.lookout.cluster.http.AcceptingTransport;
import io.lookout.cluster.metrics.SelfMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.file.FileSystemOptions;

/** Makes the Vert.x of a node. */
public final class NodeVertx {
  private NodeVertx() {}

  /** Un-clustered or clustered, as the settings say. Hazelcast is not even loaded without need. */
  public static Future<Vertx> start(ClusterSettings settings, MeterRegistry meters) {
    return settings.enabled()
        ? builder(meters, busOptions(settings))
            .withClusterManager(HazelcastMember.manager(settings))
            .buildClustered()
        : Future.succeededFuture(builder(meters, new EventBusOptions()).build());
  }

  private static VertxBuilder builder(MeterRegistry meters, EventBusOptions bus) {
    VertxOptions options =
        new VertxOptions()
            .setEventBusOptions(bus)
            .setMetricsOptions(SelfMetrics.vertxOptions())
            // Nothing is served from the class path: no cache directory is needed.
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setClassPathResolvingEnabled(false)
                    .setFileCachingEnabled(false));
    return Vertx.builder()
        .with(options)
        .withMetrics(SelfMetrics.vertx(meters))
        .withTransport(AcceptingTransport.make());
  }

  private static EventBusOptions busOptions(ClusterSettings settings) {
    EventBusOptions options = new EventBusOptions().setPort(settings.busPort());
    return HazelcastMember.isAnyAddress(settings.listen())
        ? options
        : options.setHost(settings.listen().host());
  }
}
