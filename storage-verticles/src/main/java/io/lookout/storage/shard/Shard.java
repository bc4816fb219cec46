package io.lookout.storage.shard;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteResult;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A part of the series of a node: their log and their head, owned by one thread. The methods are
 * thread-safe, return at once, and complete their futures on the shard's thread.
 *
 * <p>Futures fail with {@link LookoutException}: {@code UNAVAILABLE} where the shard is closed, its
 * queue is full or its log cannot be written; {@code EXECUTION} where a limit of the request is
 * exceeded.
 */
public final class Shard implements AutoCloseable {
  private Shard() {}

  /**
   * Opens the shard of this directory, which is made where it is missing, and replays its log.
   *
   * @param index of the shard within its node: a tag of its metrics
   */
  public static Shard open(
      int index, ShardOptions options, Path directory, Clock clock, MeterRegistry meters)
      throws IOException {
    return new Shard();
  }

  /** Appends. Completes when the batch is durable. */
  public CompletableFuture<WriteResult> write(WriteBatch batch) {
    return closed();
  }

  /** References to what the head holds of the wanted series, the newest samples included. */
  public CompletableFuture<List<SeriesChunks>> select(SelectRequest request) {
    return closed();
  }

  /** What series the head has. */
  public CompletableFuture<LabelResult> labels(LabelQuery query) {
    return closed();
  }

  /** The starts of the windows that are complete at this wall time, the oldest first. */
  public CompletableFuture<List<Long>> sealable(long nowMs) {
    return closed();
  }

  /** Freezes what there is of a window. A window that is frozen already is given again. */
  public CompletableFuture<SealedWindow> snapshot(long windowStart) {
    return closed();
  }

  /** The store answers for the window now: drops its chunks, and the log that is behind them. */
  public CompletableFuture<Void> release(SealedWindow window) {
    return closed();
  }

  /** Finishes what is queued, forces the log to disk and closes it. */
  @Override
  public void close() {}

  private static <T> CompletableFuture<T> closed() {
    return CompletableFuture.failedFuture(
        new LookoutException(ErrorCode.UNAVAILABLE, "the shard is closed"));
  }
}
