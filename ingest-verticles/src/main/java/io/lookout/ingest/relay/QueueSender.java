package io.lookout.ingest.relay;

import io.lookout.model.LookoutException;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.wire.WireForms;
import io.lookout.model.retry.Backoff;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what a queue holds, one request at a time, so that samples of a series arrive in order.
 *
 * <p>Runs on a virtual thread: reading the disk and waiting for the target block nobody else. At
 * its end the request under way is finished or given up; what is not sent stays in the queue.
 */
final class QueueSender extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(QueueSender.class);

  private final String name;
  private final DiskQueue queue;
  private final Target target;
  private final Backoff backoff;
  private final RandomGenerator random;
  private final RelayMeters meters;
  private final Promise<Void> stopping = Promise.promise();
  private final Promise<Void> ended = Promise.promise();
  private Promise<Void> wake = Promise.promise();
  private int failures;
  private boolean troubled;

  QueueSender(
      String name,
      DiskQueue queue,
      Target target,
      Backoff backoff,
      RandomGenerator random,
      RelayMeters meters) {
    this.name = name;
    this.queue = queue;
    this.target = target;
    this.backoff = backoff;
    this.random = random;
    this.meters = meters;
  }

  @Override
  public Future<?> start() {
    context.runOnContext(go -> run());
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    stopping.tryComplete();
    return ended.future();
  }

  /** From any thread: something was appended. */
  void wake() {
    context.runOnContext(now -> wake.tryComplete());
  }

  private void run() {
    try {
      while (!isStopping()) {
        passNext();
      }
    } finally {
      ended.tryComplete();
    }
  }

  private void passNext() {
    try {
      Optional<byte[]> first = queue.first();
      if (first.isPresent()) {
        pass(first.get());
      } else {
        waitForWork();
      }
      troubled = false;
    } catch (IOException e) {
      diskTrouble(e);
    }
  }

  /** A disk that is full or away comes back: what waits on it is sent then. */
  private void diskTrouble(IOException failure) {
    if (!troubled) {
      troubled = true;
      LOG.error("A queue of {} cannot be read or written; it is tried until it can", name, failure);
    }
    Future<?> pause = vertx.timer(backoff.max().toMillis(), TimeUnit.MILLISECONDS);
    Future.await(Future.any(pause, stopping.future()));
  }

  private boolean isStopping() {
    return stopping.future().isComplete();
  }

  private void waitForWork() {
    Future.await(Future.any(wake.future(), stopping.future()));
    wake = Promise.promise();
  }

  private void pass(byte[] record) throws IOException {
    @Nullable WriteBatch batch = decoded(record);
    if (batch == null || deliver(batch)) {
      queue.remove(record);
    }
  }

  private @Nullable WriteBatch decoded(byte[] record) {
    try {
      return WireForms.writeBatch().decode(record, 0, record.length);
    } catch (LookoutException e) {
      LOG.warn("A record of a queue of {} makes no sense and is skipped: {}", name, e.getMessage());
      meters.damaged();
      return null;
    }
  }

  /** Whether the target has said its last word on the batch; false when we stop before. */
  private boolean deliver(WriteBatch batch) throws IOException {
    Target.Delivery delivery = target.delivery(batch);
    while (!isStopping()) {
      switch (Future.await(delivery.send())) {
        case Answer.Taken taken -> {
          meters.sent(batch.sampleCount());
          failures = 0;
          return true;
        }
        case Answer.Refused refused -> {
          meters.refused(batch.sampleCount());
          LOG.warn(
              "The target of {} {}: {} samples are lost", name, refused.why(), batch.sampleCount());
          failures = 0;
          return true;
        }
        case Answer.Later later -> retryLater(later);
      }
    }
    return false;
  }

  /**
   * New samples do not shorten a pause; the end does. What the target asks for is obeyed up to ten
   * times our own longest pause.
   */
  private void retryLater(Answer.Later later) {
    meters.retry();
    failures++;
    if (failures == 1) {
      LOG.warn("The target of {} {}: samples wait on disk meanwhile", name, later.why());
    }
    long longestAsked = 10 * backoff.max().toMillis();
    long millis =
        Math.max(backoff.delay(failures, random), Math.min(later.afterMillis(), longestAsked));
    Future<?> pause = vertx.timer(millis, TimeUnit.MILLISECONDS);
    Future.await(Future.any(pause, stopping.future()));
  }
}
