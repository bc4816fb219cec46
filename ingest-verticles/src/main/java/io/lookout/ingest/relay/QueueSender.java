package io.lookout.ingest.relay;

import io.lookout.model.LookoutException;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.retry.Backoff;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.util.List;
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

  private final QueueOptions options;
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

  /** Records to be sent one by one, because a request with all of them was refused. */
  private int alone;

  QueueSender(
      QueueOptions options,
      DiskQueue queue,
      Target target,
      RandomGenerator random,
      RelayMeters meters) {
    this.options = options;
    this.name = options.name();
    this.queue = queue;
    this.target = target;
    this.backoff = options.backoff();
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

  private void pass(byte[] first) throws IOException {
    WriteBatch batch = decoded(first);
    if (batch == null) {
      LOG.warn("A record of a queue of {} makes no sense and is skipped", name);
      meters.damaged();
      queue.remove(List.of(first));
      return;
    }
    Outgoing outgoing = new Outgoing(first, batch);
    if (alone > 0) {
      alone--;
    } else {
      gather(outgoing);
    }
    if (deliver(outgoing)) {
      queue.remove(outgoing.records());
    }
  }

  /** After an outage much waits: small records, each a request of its own, would take as long. */
  private void gather(Outgoing outgoing) throws IOException {
    boolean room = true;
    while (room) {
      Optional<byte[]> next = queue.after(outgoing.records());
      WriteBatch batch = next.isPresent() ? decoded(next.get()) : null;
      room = batch != null && outgoing.add(next.get(), batch, options.requestSamples());
    }
  }

  private @Nullable WriteBatch decoded(byte[] record) {
    try {
      return QueueRecord.read(record);
    } catch (LookoutException e) {
      LOG.debug("A record cannot be read", e);
      return null;
    }
  }

  /** Whether the target has said its last word on the samples; false where they stay. */
  private boolean deliver(Outgoing outgoing) throws IOException {
    WriteBatch batch = outgoing.batch();
    Target.Delivery delivery;
    try {
      delivery = target.delivery(batch);
    } catch (RuntimeException e) {
      return isUnspeakable(e, outgoing);
    }
    while (!isStopping()) {
      switch (answer(delivery)) {
        case Answer.Taken taken -> {
          meters.sent(batch.sampleCount());
          succeeded();
          return true;
        }
        case Answer.Refused refused -> {
          succeeded();
          return isLost(refused, outgoing);
        }
        case Answer.Later later -> retryLater(later);
      }
    }
    return false;
  }

  /** What no request can be made of must not hold up what comes behind it. */
  private boolean isUnspeakable(RuntimeException why, Outgoing outgoing) {
    if (outgoing.records().size() > 1) {
      alone = outgoing.records().size();
      return false;
    }
    LOG.error("No request for {} can be made of a record; it is skipped", name, why);
    meters.damaged();
    return true;
  }

  /** A target must not end the sender, and with it all that comes after, by throwing. */
  private Answer answer(Target.Delivery delivery) {
    return Future.await(
        Future.<Answer>future(answer -> delivery.send().onComplete(answer))
            .otherwise(failure -> new Answer.Later("cannot be asked: " + failure, 0)));
  }

  private void succeeded() {
    if (failures > 0) {
      LOG.info("The target of {} answers again, after {} tries", name, failures);
    }
    failures = 0;
  }

  /** What is wrong with one record must not cost those that were sent along with it. */
  private boolean isLost(Answer.Refused refused, Outgoing outgoing) {
    if (outgoing.records().size() > 1) {
      alone = outgoing.records().size();
      return false;
    }
    int samples = outgoing.batch().sampleCount();
    meters.refused(samples);
    LOG.warn("The target of {} {}: {} samples are lost", name, refused.why(), samples);
    return true;
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
