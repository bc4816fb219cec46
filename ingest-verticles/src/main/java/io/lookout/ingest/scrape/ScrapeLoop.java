package io.lookout.ingest.scrape;

import io.lookout.ingest.pipeline.Rejections;
import io.lookout.ingest.scrape.config.JobConfig;
import io.lookout.ingest.scrape.fetch.Fetcher;
import io.lookout.ingest.scrape.fetch.Fetcher.Answer;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.WriteBatch;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scrapes one target again and again, every interval, and never twice at a time: a turn that comes
 * while the last scrape is still under way waits for its end, and one that comes while another
 * waits is left out. Stays on one context.
 */
final class ScrapeLoop {
  private static final String PROTOCOL = "scrape";

  /**
   * Larger answers are read beside the event loop, and so is the first one, of which every series
   * is new.
   */
  private static final int INLINE_BYTES = 1 << 18;

  /** A turn that comes so little late counts as on time: regular times compress well. */
  private static final long TOLERANCE_MILLIS = 2;

  private static final Logger LOG = LoggerFactory.getLogger(ScrapeLoop.class);

  private final Vertx vertx;
  private final ScrapeContext surroundings;
  private final Target target;
  private final Fetcher fetcher;
  private final Fetcher.Wish wish;
  private final Scrape scrape;
  private final Consumer<String> failures;
  private Future<Void> running = Future.succeededFuture();
  private LastScrape last = LastScrape.NONE;
  private String forced = "";
  private String lastProblem = "";
  private String lastTrouble = "";
  private long due;
  private boolean waiting;
  private boolean stopped;
  private long timer = -1;

  /**
   * @param failures is told why the target is down, each time
   */
  ScrapeLoop(
      Vertx vertx,
      ScrapeContext surroundings,
      Target target,
      JobConfig job,
      Fetcher fetcher,
      Consumer<String> failures) {
    this.vertx = vertx;
    this.surroundings = surroundings;
    this.target = target;
    this.fetcher = fetcher;
    this.failures = failures;
    this.scrape =
        new Scrape(
            target,
            job,
            surroundings.stages(),
            surroundings.strings(),
            surroundings.startTimes(),
            surroundings.seed());
    long limit = job.limits().bodySize();
    long most = surroundings.bodyLimit();
    this.wish =
        new Fetcher.Wish(
            target.url(),
            Map.of(
                "Accept",
                Formats.accept(job.request()),
                "X-Prometheus-Scrape-Timeout-Seconds",
                Double.toString(target.timeout().toMillis() / 1000.0)),
            job.request().compression(),
            target.timeout(),
            limit == 0 ? most : Math.min(limit, most));
  }

  Target target() {
    return target;
  }

  LastScrape last() {
    return last;
  }

  List<MetricMetadata> metadata() {
    return scrape.metadata();
  }

  /** Scrapes after the delay and from then on. */
  void start(long delayMillis) {
    long interval = target.interval().toMillis();
    due = surroundings.clock().millis() + delayMillis;
    if (delayMillis <= 0) {
      turn();
    }
    long first = delayMillis <= 0 ? interval : delayMillis;
    timer = vertx.setPeriodic(first, interval, id -> turn());
  }

  /** From now on the target counts as down for this reason, without being asked; empty for none. */
  void force(String problem) {
    forced = problem;
  }

  /** To be called every interval. */
  void turn() {
    long now = surroundings.clock().millis();
    long time = Math.abs(now - due) <= TOLERANCE_MILLIS ? due : now;
    due = time + target.interval().toMillis();
    if (running.isComplete()) {
      scrape(time);
    } else if (waiting) {
      surroundings.meters().missed();
    } else {
      waiting = true;
    }
  }

  private void scrape(long time) {
    running = once(time);
    running.onComplete(done -> {
      if (waiting && !stopped) {
        waiting = false;
        scrape(surroundings.clock().millis());
      }
    });
  }

  private Future<Void> once(long time) {
    long begin = System.nanoTime();
    return answer()
        .compose(answer -> answered(answer, time, begin))
        .otherwise(failure -> scrape.failed(words(failure), time, since(begin)))
        .compose(outcome -> finished(outcome, time, since(begin)));
  }

  private Future<Answer> answer() {
    return forced.isEmpty() ? fetcher.fetch(wish) : Future.failedFuture(forced);
  }

  private static String words(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return "context deadline exceeded: no whole answer within the timeout";
    }
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = said(failure);
    return failure.getCause() == null || message.contains(said(root))
        ? message
        : message + ": " + said(root);
  }

  private static String said(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }

  private Future<Outcome> answered(Answer answer, long time, long begin) {
    return answer.body().length <= INLINE_BYTES && last.time() != 0
        ? Future.succeededFuture(scrape.answered(answer, time, since(begin)))
        : surroundings
            .workers()
            .executeBlocking(() -> scrape.answered(answer, time, since(begin)), false);
  }

  private static double since(long begin) {
    return (double) (System.nanoTime() - begin) / 1e9;
  }

  private Future<Void> finished(Outcome outcome, long time, double seconds) {
    last = new LastScrape(time, seconds, outcome.problem());
    surroundings.meters().scraped(outcome.isUp());
    if (!outcome.isUp()) {
      failures.accept(outcome.problem());
    }
    if (!outcome.problem().equals(lastProblem)) {
      LOG.info("Target {} is {}", target.url(), outcome.isUp() ? "up" : outcome.problem());
      lastProblem = outcome.problem();
    }
    return write(outcome.batch());
  }

  /** A batch that cannot be written is counted by the intake; the next scrape comes anyway. */
  private Future<Void> write(WriteBatch batch) {
    return surroundings
        .intake()
        .write(PROTOCOL, batch, new Rejections())
        .onSuccess(written -> trouble(written.rejections().text()))
        .onFailure(failure -> trouble("cannot be stored: " + words(failure)))
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  /** Said when it begins, changes and ends, not with every scrape. */
  private void trouble(String now) {
    if (!now.equals(lastTrouble)) {
      if (now.isEmpty()) {
        LOG.info("Samples of {} are stored again", target.url());
      } else {
        LOG.warn("Samples of {}: {}", target.url(), now);
      }
      lastTrouble = now;
    }
  }

  /**
   * Stops after the scrape that is under way.
   *
   * @param gone whether nobody else goes on with the target: staleness markers are left
   */
  Future<Void> stop(boolean gone) {
    vertx.cancelTimer(timer);
    stopped = true;
    return gone
        ? running.compose(done -> write(scrape.stopped(surroundings.clock().millis())))
        : running;
  }
}
