package io.lookout.ingest;

import io.lookout.cluster.Node;
import io.lookout.cluster.bus.Addresses;
import io.lookout.cluster.ring.ScrapeMembers;
import io.lookout.cluster.settings.SettingsException;
import io.lookout.ingest.intake.Intake;
import io.lookout.ingest.pipeline.SeriesStage;
import io.lookout.ingest.scrape.ScrapeContext;
import io.lookout.ingest.scrape.ScrapeMeters;
import io.lookout.ingest.scrape.ScrapeSettings;
import io.lookout.ingest.scrape.ScrapeVerticle;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.TargetQuery;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;

/** The scraper of a node, as a part of the role. */
record Scraping(
    Vertx vertx,
    ScrapeVerticle verticle,
    String deployment,
    ScrapeMembers members,
    MessageConsumer<Object> targets) {

  static Future<Scraping> start(
      Node node,
      Intake intake,
      SeriesStage stages,
      StringPool strings,
      WorkerExecutor workers,
      long seed) {
    ScrapeSettings settings = node.settings().of(ScrapeSettings.class);
    ScrapeContext surroundings =
        new ScrapeContext(
            node.clock(),
            intake,
            stages,
            strings,
            workers,
            new ScrapeMeters(node.meters()),
            settings.bodyLimit().bytes(),
            settings.startTimestamps(),
            seed);
    return ScrapeMembers.join(node.vertx(), node.bus())
        .compose(members -> deploy(node, settings, surroundings, members));
  }

  private static Future<Scraping> deploy(
      Node node, ScrapeSettings settings, ScrapeContext surroundings, ScrapeMembers members) {
    ScrapeVerticle verticle =
        new ScrapeVerticle(
            settings, surroundings, node.id(), members::names, node.http().listening());
    members.announce(node.id());
    return node.vertx()
        .deployVerticle(verticle)
        .compose(id ->
            node.bus()
                .consumer(Addresses.targets(node.id()), TargetQuery.class, verticle::report)
                .map(targets -> new Scraping(node.vertx(), verticle, id, members, targets)))
        .recover(failure ->
            Future.failedFuture(
                failure instanceof LookoutException wrong
                    ? new SettingsException(List.of(String.valueOf(wrong.getMessage())))
                    : failure));
  }

  Future<Void> reload() {
    return verticle.reload();
  }

  /** Others go on with the targets, where there are others. */
  Future<Void> stop() {
    members.withdraw();
    return targets
        .unregister()
        .compose(done -> vertx.undeploy(deployment))
        .compose(done -> members.close());
  }
}
