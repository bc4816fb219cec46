package io.lookout.storage.shard;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What waits for a shard's thread: bounded by the bytes of the writes and by the number of all. */
final class ShardQueue {
  private static final int MAX_TASKS = 16_384;

  private final LinkedBlockingQueue<Task> tasks = new LinkedBlockingQueue<>(MAX_TASKS);
  private final AtomicLong bytes = new AtomicLong();
  private final long maxBytes;

  /** Work for the shard's thread. */
  sealed interface Task {
    CompletableFuture<?> reply();
  }

  /** A batch to be written. */
  record Write(WriteBatch batch, long bytes, CompletableFuture<WriteResult> reply)
      implements Task {}

  /** Anything else. */
  record Call(Runnable work, CompletableFuture<?> reply) implements Task {}

  ShardQueue(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  long bytes() {
    return bytes.get();
  }

  CompletableFuture<WriteResult> write(WriteBatch batch) {
    long size = batch.estimatedBytes();
    CompletableFuture<WriteResult> reply = new CompletableFuture<>();
    // One batch is always taken, however large it is.
    if (bytes.addAndGet(size) > Math.max(maxBytes, size)
        || !tasks.offer(new Write(batch, size, reply))) {
      bytes.addAndGet(-size);
      reply.completeExceptionally(full());
    }
    return reply;
  }

  void call(Call call) {
    if (!tasks.offer(call)) {
      call.reply().completeExceptionally(full());
    }
  }

  private static LookoutException full() {
    return new LookoutException(ErrorCode.UNAVAILABLE, "the queue of the shard is full");
  }

  /** The next task, or null where none comes within the time. */
  @Nullable Task poll(long millis) throws InterruptedException {
    return tasks.poll(millis, TimeUnit.MILLISECONDS);
  }

  /** The next task if it is a write. */
  @Nullable Write pollWrite() {
    return tasks.peek() instanceof Write && tasks.poll() instanceof Write write ? write : null;
  }

  /** The batch is no longer in flight. */
  void done(Write write) {
    bytes.addAndGet(-write.bytes());
  }

  /** Fails everything that still waits. */
  void failAll(LookoutException cause) {
    Task task = tasks.poll();
    while (task != null) {
      if (task instanceof Write write) {
        done(write);
      }
      task.reply().completeExceptionally(cause);
      task = tasks.poll();
    }
  }
}
