package io.lookout.ingest;

import io.lookout.cluster.Node;
import io.lookout.ingest.intake.Intake;
import io.lookout.ingest.pipeline.SeriesStage;
import io.lookout.ingest.scrape.ScrapeContext;
import io.lookout.ingest.scrape.ScrapeMeters;
import io.lookout.ingest.scrape.ScrapeSettings;
import io.lookout.ingest.scrape.ScrapeVerticle;
import io.lookout.ingest.series.StringPool;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.List;

/** The scraper of a node, as a part of the role. */
record Scraping(Vertx vertx, ScrapeVerticle verticle, String deployment) {
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
    ScrapeVerticle verticle =
        new ScrapeVerticle(
            settings, surroundings, node.id(), List::of, node.http().listening());
    return node.vertx()
        .deployVerticle(verticle)
        .map(id -> new Scraping(node.vertx(), verticle, id));
  }

  Future<Void> reload() {
    return verticle.reload();
  }

  Future<Void> stop() {
    return vertx.undeploy(deployment);
  }
}
