package io.lookout.storage.shard;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteResult;
import io.lookout.storage.head.Head;
import io.lookout.storage.head.HeadStatistics;
import io.lookout.storage.head.SeriesExemplar;
import io.lookout.storage.head.SeriesQuota;
import io.lookout.storage.wal.DiskFiles;
import io.lookout.storage.wal.LogFiles;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A part of the series of a node: their log and their head, owned by one thread, which lends the
 * head to workers that read a little while it is idle. The methods are thread-safe, return at once,
 * and complete their futures on the shard's thread unless they are complete already: whoever has
 * more to do than a moment takes the answer to a thread of its own.
 *
 * <p>Writes are grouped: what arrives while a write is under way goes with the next one, and the
 * replies go out when that is done. A read sees every write that was acknowledged before it was
 * asked for.
 *
 * <p>Futures fail with {@link LookoutException}: {@code UNAVAILABLE} where the shard is closed, its
 * queue is full or its log cannot be written; {@code EXECUTION} where a limit of the request is
 * exceeded.
 *
 * <p>What fails while it reads leaves the head as it is. What fails while it changes the head, as
 * where memory is short, leaves a head that is not what the log says: the shard breaks down, takes
 * and answers nothing more, and says so by {@link #brokenDown}. Opened again, it replays its log.
 */
public final class Shard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Shard.class);
  private static final long IDLE_MILLIS = 200;

  /** So many series are read sooner than the shard's thread wakes up. */
  private static final int READ_HERE = 256;

  /** A group is written once it is this large; bounds what is held in memory twice. */
  private static final long GROUP_BYTES = 8L << 20;

  private final ShardQueue queue;
  private final ShardCore core;
  private final Thread thread;

  /** Held by whoever works on the shard: its thread, or a worker that reads while that is idle. */
  private final ReentrantLock turn = new ReentrantLock();

  private final AtomicLong released = new AtomicLong();
  private volatile boolean closing;
  private volatile boolean ended;
  private final CompletableFuture<Throwable> brokenDown = new CompletableFuture<>();

  // The group that is being collected; kept, so that a group allocates nothing.
  private final List<ShardQueue.Write> group = new ArrayList<>();
  private final List<WriteBatch> batches = new ArrayList<>();

  private Shard(ShardQueue queue, ShardCore core, int index) {
    this.queue = queue;
    this.core = core;
    thread = Thread.ofPlatform().name("lookout-shard-" + index).unstarted(this::run);
  }

  /**
   * Opens the shard of this directory, which is made where it is missing, and replays its log on
   * the calling thread.
   *
   * @param index of the shard within its node: a tag of its metrics
   * @throws IOException where the log cannot be read, or is in use by another process
   */
  public static Shard open(
      int index, ShardOptions options, Path directory, Clock clock, MeterRegistry meters)
      throws IOException {
    return open(index, options, directory, new DiskFiles(), SeriesQuota.unlimited(), clock, meters);
  }

  /** As above, the log in these files, the series counted by a quota that shards share. */
  public static Shard open(
      int index,
      ShardOptions options,
      Path directory,
      LogFiles files,
      SeriesQuota quota,
      Clock clock,
      MeterRegistry meters)
      throws IOException {
    ShardQueue queue = new ShardQueue(options.maxQueuedBytes());
    ShardMetrics metrics = new ShardMetrics(meters, index, queue);
    Shard shard =
        new Shard(queue, new ShardCore(options, directory, files, quota, clock, metrics), index);
    shard.thread.start();
    return shard;
  }

  /** Completes with the cause where the shard must be opened again before it can go on. */
  public CompletionStage<Throwable> brokenDown() {
    return brokenDown.minimalCompletionStage();
  }

  /** Appends. Completes when the batch is durable. */
  public CompletableFuture<WriteResult> write(WriteBatch batch) {
    if (closing) {
      return CompletableFuture.failedFuture(closed());
    }
    CompletableFuture<WriteResult> reply = queue.write(batch);
    failIfEnded();
    return reply;
  }

  /**
   * What the head holds of the wanted series, the newest samples included. A worker that finds the
   * shard idle, and few series wanted, does the reading itself.
   */
  public CompletableFuture<List<SeriesChunks>> select(SelectRequest request, Caller caller) {
    return read(
        caller,
        () -> core.head().selectAtMost(READ_HERE, request),
        () -> core.head().select(request));
  }

  /** What series the head has. A worker that finds the shard idle looks for itself. */
  public CompletableFuture<LabelResult> labels(LabelQuery query, Caller caller) {
    return read(caller, () -> core.head().labels(query), () -> core.head().labels(query));
  }

  /**
   * What the head has at a glance, where the shard is idle; else null.
   *
   * @param glance some microseconds of reading, on the calling thread
   */
  public <T> @Nullable T atGlance(Function<Head, @Nullable T> glance) {
    if (closing || turn.hasQueuedThreads() || !turn.tryLock()) {
      return null;
    }
    try {
      return glance.apply(core.head());
    } finally {
      turn.unlock();
    }
  }

  /** A worker does itself what is few; null where that would be too much. */
  private <T> CompletableFuture<T> read(Caller caller, Supplier<@Nullable T> few, Supplier<T> all) {
    // Whoever waits for the turn goes first: readers in a row would keep writes waiting.
    if (caller == Caller.WORKER && !closing && !turn.hasQueuedThreads() && turn.tryLock()) {
      CompletableFuture<T> reply = new CompletableFuture<>();
      try {
        guarded(
            () -> {
              T answer = few.get();
              if (answer != null) {
                reply.complete(answer);
              }
            },
            reply);
      } finally {
        turn.unlock();
      }
      return reply.isDone() ? reply : call(all);
    }
    return call(all);
  }

  /** The newest exemplars of the series that all matchers of one set accept. */
  public CompletableFuture<List<SeriesExemplar>> exemplars(
      String tenant, List<List<Matcher>> matcherSets, long minTime, long maxTime) {
    return call(() -> core.head().exemplars(tenant, matcherSets, minTime, maxTime));
  }

  /** What the head holds of a tenant. */
  public CompletableFuture<HeadStatistics> statistics(String tenant) {
    return call(() -> core.head().statistics(tenant));
  }

  /** The starts of the windows that are complete at this wall time, the oldest first. */
  public CompletableFuture<List<Long>> sealable(long nowMs) {
    return call(() -> core.sealable(nowMs));
  }

  /** Freezes what there is of a window. A window that is frozen already is given again. */
  public CompletableFuture<SealedWindow> snapshot(long windowStart) {
    return change(() -> core.snapshot(windowStart));
  }

  /**
   * Freezes what there is now of all windows that reach into [from, to], complete or not, so that
   * they move to the store.
   */
  public CompletableFuture<@Nullable Void> freezeBetween(long from, long to) {
    return this.<@Nullable Void>change(() -> {
      core.freezeBetween(from, to);
      return null;
    });
  }

  /** The starts of the windows that are frozen and not released. */
  public CompletableFuture<List<Long>> frozen() {
    return call(() -> core.head().frozenWindows());
  }

  /** The store answers for the window now: drops its chunks, and the log that is behind them. */
  public CompletableFuture<@Nullable Void> release(SealedWindow window) {
    return this.<@Nullable Void>change(() -> {
      released.incrementAndGet();
      core.release(window);
      return null;
    });
  }

  /** How many windows were released so far: the same before and after means that none has left. */
  public long released() {
    return released.get();
  }

  /** As {@link #call}, for what must be done as a whole or not at all. */
  private <T extends @Nullable Object> CompletableFuture<T> change(Supplier<T> work) {
    return call(() -> {
      try {
        return work.get();
      } catch (LookoutException e) {
        throw e; // The log could not be written: nothing has changed.
      } catch (RuntimeException | Error e) {
        breakDown(e);
        throw e;
      }
    });
  }

  private void breakDown(Throwable cause) {
    closing = true;
    if (!brokenDown.complete(cause)) {
      return; // That was told.
    }
    LOG.error(
        "{} has failed while it changed what it holds, and stops: {}. Nothing that was acknowledged"
            + " is lost: the next start replays the log",
        thread.getName(),
        cause.toString());
    LOG.error("This is where it failed", cause); // Apart: it takes more, which may lack.
  }

  private <T extends @Nullable Object> CompletableFuture<T> call(Supplier<T> work) {
    CompletableFuture<T> reply = new CompletableFuture<>();
    if (closing) {
      reply.completeExceptionally(closed());
    } else {
      queue.call(new ShardQueue.Call(() -> reply.complete(work.get()), reply));
      failIfEnded();
    }
    return reply;
  }

  /** Who came between the thread's last look into the queue and its end is told so. */
  private void failIfEnded() {
    if (ended) {
      queue.failAll(closed());
    }
  }

  private void run() {
    try {
      while (true) {
        ShardQueue.Task task = queue.poll(IDLE_MILLIS);
        if (task == null && closing) {
          return;
        }
        turn.lock();
        try {
          work(task);
        } finally {
          turn.unlock();
        }
        if (brokenDown.isDone()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      breakDown(e);
    } finally {
      closing = true;
      ended = true;
      queue.failAll(closed());
    }
  }

  private void work(ShardQueue.@Nullable Task task) {
    switch (task) {
      case null -> guarded(core::idle, null);
      case ShardQueue.Write write -> writeGroup(write);
      case ShardQueue.Call call -> guarded(call.work(), call.reply());
    }
  }

  private void writeGroup(ShardQueue.Write first) {
    group.clear();
    batches.clear();
    long bytes = 0;
    ShardQueue.Write next = first;
    while (next != null) {
      group.add(next);
      batches.add(next.batch());
      bytes += next.bytes();
      next = bytes < GROUP_BYTES ? queue.pollWrite() : null;
    }
    try {
      List<WriteResult> results = core.write(batches);
      for (int i = 0; i < group.size(); i++) {
        queue.done(group.get(i));
        group.get(i).reply().complete(results.get(i));
      }
    } catch (LookoutException e) {
      failGroup(e);
    } catch (RuntimeException e) {
      LOG.error("a write failed", e);
      failGroup(internal(e));
    } catch (Error e) {
      breakDown(e); // First: what comes next may fail as well.
      failGroup(internal(e));
      return;
    }
    guarded(core::idle, null);
  }

  private void failGroup(LookoutException failure) {
    for (ShardQueue.Write write : group) {
      queue.done(write);
      write.reply().completeExceptionally(failure);
    }
  }

  /** Runs work whose failure belongs to one reply and not to the thread. */
  private static void guarded(Runnable work, @Nullable CompletableFuture<?> reply) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      LookoutException cause = e instanceof LookoutException known ? known : internal(e);
      if (reply != null) {
        reply.completeExceptionally(cause);
      } else {
        LOG.error("the shard failed in the background", e);
      }
    }
  }

  private static LookoutException internal(Throwable e) {
    return new LookoutException(ErrorCode.INTERNAL, "the shard failed: " + e, e);
  }

  private static LookoutException closed() {
    return new LookoutException(ErrorCode.UNAVAILABLE, "the shard is closed");
  }

  /** Finishes what is queued, forces the log to disk and closes it. Waits for that. */
  @Override
  public void close() throws IOException {
    closing = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    turn.lock();
    try {
      core.close();
    } finally {
      turn.unlock();
    }
  }
}
