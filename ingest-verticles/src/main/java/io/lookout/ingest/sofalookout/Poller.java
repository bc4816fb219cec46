package io.lookout.ingest.sofalookout;

import io.lookout.cluster.settings.HostPort;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.intake.Intake;
import io.lookout.ingest.intake.IntakeMeters;
import io.lookout.ingest.scrape.fetch.Fetcher;
import io.lookout.ingest.series.LabelPairs;
import io.lookout.ingest.sofalookout.PollDecoder.Polled;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches from one client the steps that it keeps. The cursors of those that have been stored go
 * with the next question, and only then the client forgets them: what is fetched twice because
 * storing it failed is stored once. Stays on one context.
 */
public final class Poller {
  private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

  /** Larger answers are read beside the event loop. */
  private static final int INLINE_BYTES = 1 << 18;

  private final String target;
  private final PollSettings settings;
  private final Parts parts;
  private final Fetcher fetcher;

  /** The client's address, as it is in the header of one that pushes. */
  private final LabelPairs added = new LabelPairs();

  private List<Long> stored = List.of();
  private Future<Void> running = Future.succeededFuture();
  private boolean failing;

  /**
   * What all pollers share.
   *
   * @param bodyLimit bytes of an answer, decompressed
   * @param workers that decode large answers
   */
  public record Parts(
      PointBatches batches,
      Intake intake,
      IntakeMeters meters,
      MeterRegistry registry,
      WorkerExecutor workers,
      long bodyLimit) {
    void polled(String outcome) {
      registry.counter("lookout.sofalookout.polls", "outcome", outcome).increment();
    }
  }

  /**
   * @param target host:port
   */
  Poller(String target, PollSettings settings, Parts parts, Fetcher fetcher) {
    this.target = target;
    this.settings = settings;
    this.parts = parts;
    this.fetcher = fetcher;
    added.add("ip", HostPort.parse(target).host());
  }

  String target() {
    return target;
  }

  /** Polls, unless that is still under way. */
  void turn() {
    if (running.isComplete()) {
      running = poll();
    } else {
      parts.polled("missed");
    }
  }

  /** Completes when nothing is under way. */
  Future<Void> idle() {
    return running;
  }

  private Future<Void> poll() {
    return fetcher
        .fetch(wish())
        .compose(answer -> {
          stored = List.of();
          return decoded(answer.body());
        })
        .compose(this::store)
        .onSuccess(done -> succeeded())
        .recover(failure -> {
          failed(failure);
          return Future.succeededFuture();
        });
  }

  private Fetcher.Wish wish() {
    String cursors = stored.stream().map(String::valueOf).collect(Collectors.joining(","));
    String query = "step=" + settings.step().toMillis() + "&slotCount=" + settings.slots();
    return new Fetcher.Wish(
        URI.create(
            "http://"
                + target
                + "/get?"
                + query
                + (cursors.isEmpty() ? "" : "&success=" + cursors)),
        settings.token().isEmpty() ? Map.of() : Map.of("X-Lookout-Token", settings.token()),
        true,
        settings.timeout(),
        parts.bodyLimit());
  }

  private Future<Polled> decoded(byte[] body) {
    Future<Polled> decoded =
        body.length > INLINE_BYTES
            ? parts.workers().executeBlocking(() -> decode(body), false)
            : Future.succeededFuture().map(here -> decode(body));
    return decoded.onFailure(
        failure -> parts.meters().refused(SofaLookoutEndpoint.PROTOCOL, failure));
  }

  private Polled decode(byte[] body) {
    return PollDecoder.decode(parts.batches(), settings.tenant(), added, body);
  }

  private Future<Void> store(Polled polled) {
    return parts
        .intake()
        .write(
            SofaLookoutEndpoint.PROTOCOL, polled.decoded().batch(), polled.decoded().rejections())
        .onSuccess(written -> {
          parts.meters().series(polled.decoded().series(), polled.decoded().newSeries());
          stored = polled.cursors();
        })
        .mapEmpty();
  }

  private void succeeded() {
    parts.polled("success");
    if (failing) {
      LOG.info("Polling {} works again", target);
      failing = false;
    }
  }

  private void failed(Throwable failure) {
    parts.polled("failure");
    if (!failing) {
      LOG.warn(
          "Polling {} fails, and is tried every {}: {}",
          target,
          settings.step(),
          failure.getMessage());
      failing = true;
    }
  }
}
