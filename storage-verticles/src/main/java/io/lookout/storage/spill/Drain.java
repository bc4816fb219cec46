package io.lookout.storage.spill;

import io.lookout.storage.block.Block;
import io.lookout.storage.store.BlockRange;
import io.lookout.storage.store.BlockStore;
import io.lookout.storage.store.StoredBlock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives what waits to the store, the oldest first, a batch at a time, and takes it from the disk
 * when the store has it. Waits longer and longer while the store fails, unless it answers something
 * else meanwhile.
 */
final class Drain {
  private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
  private static final int LIST = 50_000;
  private static final long MIN_WAIT_NANOS = 1_000_000_000;
  private static final Comparator<StoredBlock> OLDEST_FIRST =
      Comparator.<StoredBlock>comparingLong(block -> block.origin().sequence())
          .thenComparingLong(block -> block.origin().windowStart())
          .thenComparing(StoredBlock.ORDER);

  private final Vertx vertx;
  private final SpillOptions options;
  private final BlockStore local;
  private final BlockStore target;
  private final SpillRoom room;
  private final StoredUntil storedUntil;
  private final LastPut lastPut;
  private final SpillMeters meters;
  private final SplittableRandom random = new SplittableRandom();
  private final Promise<Void> stopped = Promise.promise();

  /** What cannot be read again stays where it is. */
  private final Set<String> unreadable = new HashSet<>();

  private int failures;
  private boolean running;
  private boolean stopping;

  /** Of the next attempt, while there is one to wait for. */
  private @Nullable Long timer;

  private long waitingSince;

  Drain(
      Vertx vertx,
      SpillOptions options,
      BlockStore local,
      BlockStore target,
      SpillRoom room,
      StoredUntil storedUntil,
      LastPut lastPut,
      SpillMeters meters) {
    this.vertx = vertx;
    this.options = options;
    this.local = local;
    this.target = target;
    this.room = room;
    this.storedUntil = storedUntil;
    this.lastPut = lastPut;
    this.meters = meters;
  }

  /** Something waits: begins after a while, unless it has begun already. */
  synchronized void wake() {
    if (!running && !stopping) {
      running = true;
      failures = Math.max(1, failures);
      again(options.backoff().delay(failures, random));
    }
  }

  private synchronized void again(long delayMs) {
    waitingSince = System.nanoTime();
    timer =
        vertx.setTimer(
            Math.max(1, delayMs),
            fired -> {
              begun();
              pass();
            });
  }

  private synchronized void begun() {
    timer = null;
  }

  /**
   * The store has answered something: it may be back, and is asked at once, but not more often than
   * once a second, where it answers and takes nothing.
   */
  void answered() {
    if (isDueEarly()) {
      pass();
    }
  }

  private synchronized boolean isDueEarly() {
    Long pending = timer;
    boolean due =
        pending != null
            && System.nanoTime() - waitingSince >= MIN_WAIT_NANOS
            && vertx.cancelTimer(pending);
    if (due) {
      timer = null;
    }
    return due;
  }

  private void pass() {
    if (isStopping()) {
      stopped.tryComplete();
      return;
    }
    long putsBefore = room.puts();
    local
        .list(BlockRange.of(Long.MIN_VALUE, Long.MAX_VALUE, LIST))
        .map(this::waiting)
        .compose(waiting -> batches(waiting, 0).map(done -> waiting.isEmpty()))
        .onSuccess(empty -> passed(empty, putsBefore))
        .onFailure(this::failed);
  }

  private List<StoredBlock> waiting(List<StoredBlock> found) {
    return found.stream()
        .filter(block -> !unreadable.contains(block.id()))
        .sorted(OLDEST_FIRST)
        .toList();
  }

  private Future<Void> batches(List<StoredBlock> waiting, int from) {
    if (from == waiting.size() || isStopping()) {
      return Future.succeededFuture();
    }
    int end = from;
    long bytes = 0;
    while (end < waiting.size() && bytes < options.batchBytes()) {
      bytes += waiting.get(end++).bytes();
    }
    int next = end;
    return move(waiting.subList(from, end), bytes).compose(done -> batches(waiting, next));
  }

  private Future<Void> move(List<StoredBlock> batch, long bytes) {
    return local
        .fetch(batch)
        .compose(blocks -> give(blocks).map(blocks))
        .compose(blocks -> {
          Set<String> moved = new HashSet<>(blocks.stream().map(Block::id).toList());
          batch.stream().map(StoredBlock::id).filter(id -> !moved.contains(id)).forEach(this::skip);
          return local.delete(batch.stream().filter(block -> moved.contains(block.id())).toList());
        })
        .onSuccess(done -> {
          failures = 0;
          meters.drained.increment(batch.size());
          room.give(bytes);
        });
  }

  private void skip(String id) {
    unreadable.add(id);
    LOG.error("Block {} waited for the store and cannot be read any more: it is left behind", id);
  }

  private Future<Void> give(List<Block> blocks) {
    if (blocks.isEmpty()) {
      return Future.succeededFuture();
    }
    return target
        .put(blocks)
        .timeout(options.patience().toMillis(), TimeUnit.MILLISECONDS)
        .compose(done -> storedUntil.advance(vertx, blocks))
        .onSuccess(done -> lastPut.now());
  }

  private void passed(boolean empty, long putsBefore) {
    if (isStopping()) {
      stopped.tryComplete();
    } else if (empty && ended(putsBefore)) {
      LOG.info("The block store has taken all that waited for it");
    } else {
      again(1);
    }
  }

  private synchronized boolean ended(long putsBefore) {
    running = !room.foundEmpty(putsBefore);
    return !running;
  }

  private void failed(Throwable cause) {
    failures++;
    meters.failures.increment();
    long delay = options.backoff().delay(failures, random);
    LOG.warn(
        "{} bytes wait on disk for the block store, which failed {} times in a row; next attempt in"
            + " {} ms: {}",
        room.bytes(),
        failures,
        delay,
        cause.toString());
    again(delay);
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  /** Completes when nothing is being moved any more. */
  Future<Void> stop() {
    synchronized (this) {
      stopping = true;
      if (!running || (timer != null && vertx.cancelTimer(timer))) {
        return Future.succeededFuture();
      }
    }
    return stopped.future();
  }
}
