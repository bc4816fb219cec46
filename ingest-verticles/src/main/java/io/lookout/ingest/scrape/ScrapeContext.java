package io.lookout.ingest.scrape;

import io.lookout.ingest.intake.Intake;
import io.lookout.ingest.pipeline.SeriesStage;
import io.lookout.ingest.series.StringPool;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;

/**
 * What all scrape loops of a node share.
 *
 * @param workers that read large answers
 * @param bodyLimit bytes of any answer, whatever a job says
 * @param startTimes whether start timestamps that targets expose are stored
 * @param seed of the hash over raw series, secret
 */
public record ScrapeContext(
    Clock clock,
    Intake intake,
    SeriesStage stages,
    StringPool strings,
    WorkerExecutor workers,
    ScrapeMeters meters,
    long bodyLimit,
    boolean startTimes,
    long seed) {}
