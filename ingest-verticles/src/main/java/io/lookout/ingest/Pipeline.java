package io.lookout.ingest;

import io.lookout.cluster.Node;
import io.lookout.cluster.limits.LimitSettings;
import io.lookout.cluster.limits.TenantLimits;
import io.lookout.ingest.intake.Intake;
import io.lookout.ingest.intake.IntakeMeters;
import io.lookout.ingest.intake.Onlooker;
import io.lookout.ingest.intake.Stages;
import io.lookout.ingest.pipeline.BatchStage;
import io.lookout.ingest.pipeline.DroppedSeries;
import io.lookout.ingest.pipeline.FutureLimit;
import io.lookout.ingest.pipeline.LabelLimits;
import io.lookout.ingest.pipeline.RateLimit;
import io.lookout.ingest.pipeline.SeriesStage;
import io.lookout.ingest.pipeline.TenantLabelLimits;
import io.lookout.ingest.plugin.PluginSettings;
import io.lookout.ingest.plugin.Plugins;
import io.lookout.ingest.relabel.RelabelSettings;
import io.lookout.ingest.relabel.RelabelStage;
import io.lookout.ingest.relabel.Relabelling;
import io.lookout.ingest.replica.ReplicaSettings;
import io.lookout.ingest.replica.ReplicaStage;
import io.lookout.ingest.route.Destination;
import io.lookout.ingest.tap.BusTap;
import io.lookout.ingest.tap.TapSettings;
import io.micrometer.core.instrument.Gauge;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What samples go through between a decoder and the router: limits, relabelling, filters, and the
 * election among replicas.
 *
 * @param series the stages that look at labels alone
 * @param relabels whether one of them may drop series
 */
record Pipeline(
    Node node,
    TenantLimits limits,
    SeriesStage series,
    Plugins plugins,
    boolean relabels,
    Optional<ReplicaStage> replicas) {

  /** Fails where rules cannot be read or a plug-in cannot be used. */
  static Future<Pipeline> open(Node node) {
    PluginSettings plugins = node.settings().of(PluginSettings.class);
    return Plugins.start(node.vertx(), plugins, node.meters())
        .compose(started -> replicas(node).map(replicas -> of(node, started, replicas)));
  }

  private static Future<Optional<ReplicaStage>> replicas(Node node) {
    ReplicaSettings settings = node.settings().of(ReplicaSettings.class);
    int series = node.settings().of(IngestSettings.class).seriesCache();
    return settings.enabled()
        ? ReplicaStage.open(node.vertx(), node.clock(), settings, series)
            .onSuccess(stage ->
                Gauge.builder("lookout.ingest.ha.clusters", stage, ReplicaStage::clusters)
                    .description("Clusters of replicas of which one is heard")
                    .register(node.meters()))
            .map(Optional::of)
        : Future.succeededFuture(Optional.empty());
  }

  private static Pipeline of(Node node, Plugins plugins, Optional<ReplicaStage> replicas) {
    IngestSettings settings = node.settings().of(IngestSettings.class);
    TenantLimits limits = new TenantLimits(node.settings().of(LimitSettings.class));
    List<SeriesStage> series = new ArrayList<>();
    series.add(
        new TenantLabelLimits(
            new LabelLimits(
                settings.labelCount(), settings.labelNameLength(), settings.labelValueLength()),
            limits));
    Relabelling rules = node.settings().of(RelabelSettings.class).rules();
    if (!rules.isEmpty()) {
      series.add(new RelabelStage(rules));
    }
    return new Pipeline(
        node, limits, SeriesStage.inOrder(series), plugins, !rules.isEmpty(), replicas);
  }

  /** The way in for all protocols. */
  Intake intake(Destination destination, IntakeMeters meters) {
    IngestSettings settings = node.settings().of(IngestSettings.class);
    List<BatchStage> filters = new ArrayList<>();
    if (relabels) {
      filters.add(new DroppedSeries());
    }
    Stages stages =
        new Stages(
            new RateLimit(limits, node.clock()),
            List.of(new FutureLimit(node.clock(), settings.futureLimit(), limits)),
            filters,
            plugins.filters(),
            replicas);
    List<Onlooker> onlookers = new ArrayList<>(plugins.exporters());
    onlookers.add(new BusTap(node.bus(), node.settings().of(TapSettings.class), node.meters()));
    return new Intake(stages, destination, onlookers, meters);
  }

  /** To be called from time to time. */
  void forgetIdle() {
    replicas.ifPresent(ReplicaStage::forgetIdle);
  }

  Future<Void> close() {
    return plugins.close();
  }
}
