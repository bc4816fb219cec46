package io.lookout.ingest.tcp;

import io.lookout.ingest.decode.Decoded;
import io.lookout.ingest.intake.Intake;
import io.lookout.ingest.intake.IntakeMeters;
import io.lookout.ingest.intake.Written;
import io.lookout.ingest.pipeline.Reason;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.retry.Backoff;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of samples from connections whose senders cannot be told to come again: where storage is
 * away, they wait here, and their sender with them, for as long as patience is set to. Thread-safe.
 */
public final class TcpIntake {
  private static final Logger LOG = LoggerFactory.getLogger(TcpIntake.class);

  private static final Backoff BACKOFF = Backoff.upTo(Duration.ofSeconds(5));

  private final Vertx vertx;
  private final Intake intake;
  private final IntakeMeters meters;
  private final WorkerExecutor workers;
  private final Limits limits;

  /**
   * @param inline messages of at most this size are decoded on the event loop
   * @param patienceMillis how long to try
   */
  public record Limits(int inline, long patienceMillis) {}

  public TcpIntake(
      Vertx vertx, Intake intake, IntakeMeters meters, WorkerExecutor workers, Limits limits) {
    this.vertx = vertx;
    this.intake = intake;
    this.meters = meters;
    this.workers = workers;
    this.limits = limits;
  }

  /**
   * Completes when everything that is not refused is durable.
   *
   * @param protocol as the self-metrics name it
   * @param length of what is decoded, in bytes
   * @param decoding asked again for each attempt, from one thread at a time
   * @return fails where nothing can be said of the whole, with {@code UNAVAILABLE} or {@code
   *     TIMEOUT} only when patience is at its end; what failed is counted
   */
  public Future<Written> write(String protocol, int length, Supplier<Decoded> decoding) {
    return attempt(new Attempt(protocol, length, decoding, System.nanoTime(), 1));
  }

  /**
   * @param number from 1
   */
  private record Attempt(
      String protocol, int length, Supplier<Decoded> decoding, long begin, int number) {
    Attempt next() {
      return new Attempt(protocol, length, decoding, begin, number + 1);
    }

    long elapsedMillis() {
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }
  }

  private Future<Written> attempt(Attempt attempt) {
    return decoded(attempt)
        .compose(known ->
            intake
                .write(attempt.protocol(), known.batch(), known.rejections())
                .onSuccess(written -> meters.series(known.series(), known.newSeries()))
                .recover(failure -> again(attempt, known, failure)));
  }

  private Future<Decoded> decoded(Attempt attempt) {
    Future<Decoded> decoded =
        attempt.length() > limits.inline()
            ? workers.executeBlocking(attempt.decoding()::get, false)
            : Future.succeededFuture().map(here -> attempt.decoding().get());
    return decoded.onFailure(failure -> refused(attempt, failure));
  }

  /** Who sends over TCP may never be told, so what nobody expected must be seen here. */
  private void refused(Attempt attempt, Throwable failure) {
    if (failure instanceof LookoutException) {
      meters.refused(attempt.protocol(), failure);
    } else {
      LOG.error("What a sender of {} has sent was not expected", attempt.protocol(), failure);
      meters.rejected(attempt.protocol(), Reason.MALFORMED.label(), 1);
    }
  }

  private Future<Written> again(Attempt attempt, Decoded known, Throwable failure) {
    if (!isPassing(failure)) {
      return Future.failedFuture(failure);
    }
    if (attempt.elapsedMillis() >= limits.patienceMillis()) {
      int samples = known.batch().sampleCount();
      meters.rejected(attempt.protocol(), Reason.UNAVAILABLE.label(), samples);
      LOG.warn(
          "{} samples of {} are given up after {} ms (ingest.tcp.patience): {}",
          samples,
          attempt.protocol(),
          attempt.elapsedMillis(),
          failure.getMessage());
      return Future.failedFuture(failure);
    }
    return vertx
        .timer(BACKOFF.delay(attempt.number(), ThreadLocalRandom.current()), TimeUnit.MILLISECONDS)
        .compose(waited -> attempt(attempt.next()));
  }

  private static boolean isPassing(Throwable failure) {
    return failure instanceof LookoutException known
        && (known.code() == ErrorCode.UNAVAILABLE || known.code() == ErrorCode.TIMEOUT);
  }
}
