package io.lookout.ingest.scrape;

import io.lookout.ingest.intake.Intake;
import io.lookout.ingest.pipeline.Rejections;
import io.lookout.ingest.pipeline.SeriesStage;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.bus.WriteBatch;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scrapes one target again and again: at once, then every interval, and never twice at a time (a
 * turn that comes while the last scrape is still under way is left out). Stays on one context.
 */
final class ScrapeLoop {
  private static final String PROTOCOL = "scrape";
  private static final Logger LOG = LoggerFactory.getLogger(ScrapeLoop.class);

  private final Vertx vertx;
  private final Clock clock;
  private final Target target;
  private final Fetcher fetcher;
  private final Intake intake;
  private final Scrape scrape;
  private Future<Void> running = Future.succeededFuture();
  private String lastProblem = "";
  private long timer = -1;

  ScrapeLoop(
      Vertx vertx,
      Clock clock,
      Target target,
      Fetcher fetcher,
      Intake intake,
      SeriesStage stages,
      StringPool strings,
      long seed) {
    this.vertx = vertx;
    this.clock = clock;
    this.target = target;
    this.fetcher = fetcher;
    this.intake = intake;
    this.scrape = new Scrape(target, stages, strings, seed);
  }

  /** Scrapes now and from now on; completes when the first scrape is written or has failed. */
  Future<Void> start() {
    timer = vertx.setPeriodic(target.interval().toMillis(), id -> turn());
    turn();
    return running;
  }

  private void turn() {
    if (running.isComplete()) {
      running = once();
    }
  }

  private Future<Void> once() {
    long time = clock.millis();
    long begin = System.nanoTime();
    return fetcher
        .fetch(target)
        .map(body -> answered(body, time, begin))
        .otherwise(failure -> scrape.failed(failure.toString(), time, since(begin)))
        .compose(this::write);
  }

  private Outcome answered(Buffer body, long time, long begin) {
    byte[] bytes = body.getBytes();
    return scrape.answered(bytes, bytes.length, time, since(begin));
  }

  private static double since(long begin) {
    return (double) (System.nanoTime() - begin) / 1e9;
  }

  private Future<Void> write(Outcome outcome) {
    if (!outcome.problem().equals(lastProblem)) {
      LOG.info("Target {} is {}", target.url(), outcome.isUp() ? "up" : outcome.problem());
      lastProblem = outcome.problem();
    }
    return write(outcome.batch());
  }

  /** A batch that cannot be written is counted by the intake; the next scrape comes anyway. */
  private Future<Void> write(WriteBatch batch) {
    return intake
        .write(PROTOCOL, batch, new Rejections())
        .onSuccess(written -> {
          if (!written.rejections().isEmpty()) {
            LOG.warn("Samples of {} were refused: {}", target.url(), written.rejections().text());
          }
        })
        .onFailure(failure -> LOG.warn("Cannot write samples of {}", target.url(), failure))
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  /** Stops after the scrape that is under way, and leaves staleness markers. */
  Future<Void> stop() {
    vertx.cancelTimer(timer);
    return running.compose(done -> write(scrape.stopped(clock.millis())));
  }
}
