package io.lookout.storage.compact;

import io.lookout.model.LookoutException;
import io.lookout.storage.store.BlockStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compacts in the background, on a thread of its own. Each look goes through the two spans that
 * ended last and through one older one, another each time, so that late data is found too.
 */
public final class Compaction implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

  private final BlockStore store;
  private final CompactionOptions options;
  private final Clock clock;
  private final BooleanSupplier elected;
  private final Lock upkeep;
  private final FollowUp followUp;
  private final CompactionMeters meters;
  private final Thread thread;
  private final CountDownLatch ending = new CountDownLatch(1);
  private int turn;

  private Compaction(
      BlockStore store,
      CompactionOptions options,
      Clock clock,
      BooleanSupplier elected,
      Lock upkeep,
      FollowUp followUp,
      MeterRegistry meters) {
    this.upkeep = upkeep;
    this.followUp = followUp;
    this.store = store;
    this.options = options;
    this.clock = clock;
    this.elected = elected;
    this.meters = new CompactionMeters(meters);
    this.thread = Thread.ofPlatform().name("lookout-compaction").daemon().unstarted(this::loop);
  }

  /** What is to be done with spans after they were compacted, on the same thread. */
  @FunctionalInterface
  public interface FollowUp {
    /**
     * @param elected whether it is this node's turn to write
     * @param ending whether to stop
     */
    void look(boolean elected, BooleanSupplier ending) throws InterruptedException;
  }

  /**
   * Begins.
   *
   * @param elected whether it is this node's turn: asked before each look
   * @param upkeep held while blocks are replaced: nobody else may replace them meanwhile
   * @param followUp comes after each look, whether it is this node's turn or not
   */
  public static Compaction start(
      BlockStore store,
      CompactionOptions options,
      Clock clock,
      BooleanSupplier elected,
      Lock upkeep,
      FollowUp followUp,
      MeterRegistry meters) {
    Compaction compaction =
        new Compaction(store, options, clock, elected, upkeep, followUp, meters);
    compaction.thread.start();
    return compaction;
  }

  private void loop() {
    try {
      while (!ending.await(options.interval().toMillis(), TimeUnit.MILLISECONDS)) {
        boolean own = elected.getAsBoolean();
        if (own) {
          look();
        }
        follow(own);
      }
    } catch (InterruptedException e) {
      LOG.debug("Compaction ends", e);
    }
  }

  private void follow(boolean own) throws InterruptedException {
    upkeep.lockInterruptibly();
    try {
      followUp.look(own, () -> ending.getCount() == 0);
    } catch (LookoutException e) {
      meters.failures.increment();
      LOG.warn("Blocks could not be looked through, which is tried again later: {}", e.toString());
    } finally {
      upkeep.unlock();
    }
  }

  private void look() throws InterruptedException {
    long now = clock.millis();
    for (long start : spans(now)) {
      if (ending.getCount() > 0) {
        compact(start, now);
      }
    }
  }

  private void compact(long start, long now) throws InterruptedException {
    long began = System.nanoTime();
    upkeep.lockInterruptibly();
    try {
      boolean changed =
          new SpanCompaction(store, options.memory(), meters, () -> ending.getCount() == 0)
              .run(start, start + options.span(), now - options.delay());
      if (changed) {
        LOG.info("The blocks of the span from {} are compacted", Instant.ofEpochMilli(start));
      }
    } catch (LookoutException e) {
      meters.failures.increment();
      LOG.warn("Blocks could not be compacted, which is tried again later: {}", e.toString());
    } finally {
      upkeep.unlock();
      meters.spans.record(Duration.ofNanos(System.nanoTime() - began));
    }
  }

  /** The starts of the spans to look at. */
  private List<Long> spans(long now) {
    long span = options.span();
    long last = (Math.floorDiv(now - options.delay(), span) - 1) * span;
    int older = Math.clamp(options.retention() / span - 1, 0, 100_000);
    List<Long> starts = new ArrayList<>(List.of(last, last - span));
    if (older > 0) {
      starts.add(last - span * (2 + turn % older));
      turn++;
    }
    return starts;
  }

  /** Ends where it is: a put or a deletion that is under way goes on in the store. */
  @Override
  public void close() {
    ending.countDown();
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
