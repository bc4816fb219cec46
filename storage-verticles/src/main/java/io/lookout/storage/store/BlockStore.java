package io.lookout.storage.store;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.storage.block.Block;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps blocks and finds them again. Futures fail with {@link LookoutException}: {@link
 * ErrorCode#UNAVAILABLE} where the store cannot be reached or has too much to do (asking later may
 * help), {@link ErrorCode#EXECUTION} where a limit of the request is exceeded.
 */
public interface BlockStore {
  /**
   * Keeps these blocks. Completes when they are searchable and survive the end of the process and
   * of the machine: whoever put them forgets them then. A block whose id is there already takes its
   * place. Where the future fails, any of the blocks may be there, and may be put again.
   */
  Future<Void> put(List<Block> blocks);

  /**
   * Completes when a put that failed before may succeed: whoever waits to try again need not wait
   * longer. A store that cannot know leaves it open for ever.
   */
  default Future<Void> recovery() {
    return Promise.<Void>promise().future();
  }

  /**
   * The chunks of the series that match, each series once, its chunks in the order of their first
   * time. Damaged blocks are left out, reported and counted.
   */
  Future<List<SeriesChunks>> select(SelectRequest request);

  /**
   * What series there are: names, values or label sets of blocks that overlap the wanted time.
   * Metadata is not in blocks, so an answer to a question for it is empty.
   */
  Future<LabelResult> labels(LabelQuery query);

  /**
   * The same answer, where the store remembers it: neither waits nor reads from a disk.
   *
   * @return null where the store has to be asked
   */
  default @Nullable LabelResult known(LabelQuery query) {
    return null;
  }

  /**
   * What {@link #select} would answer, where that is little and the store remembers it: neither
   * waits nor reads from a disk.
   *
   * @return null where the store has to be asked
   */
  default @Nullable List<SeriesChunks> known(SelectRequest request) {
    return null;
  }

  /**
   * Drops what is older. Works on whole indices, so that it costs nothing: some blocks stay longer.
   *
   * @param time ms: every block whose last sample is before it may go
   */
  Future<Void> dropBefore(long time);

  /**
   * What blocks there are: one page of them. Fewer than the limit of the range is the last page.
   */
  Future<List<StoredBlock>> list(BlockRange range);

  /**
   * These blocks with their binaries, as they were put. What is not there any more, or is damaged,
   * is left out.
   */
  Future<List<Block>> fetch(List<StoredBlock> blocks);

  /**
   * Takes these blocks away. Completes when no search finds them any more, also after a restart.
   * Those that are not there are no failure; where the future fails, any of them may be there.
   */
  Future<Void> delete(List<StoredBlock> blocks);

  /**
   * Gives back the disk of blocks that were deleted or replaced, as far as the store does not do so
   * by itself. For times that are not written to much any more.
   *
   * @param from first start of a window, ms, inclusive
   * @param to ms, exclusive
   */
  Future<Void> pack(long from, long to);

  /**
   * Copies all blocks into this directory, which is made, in such a way that a store can be opened
   * there. A store that is shared has means of its own, and fails with {@code EXECUTION}.
   */
  default Future<Void> snapshot(Path directory) {
    return Future.failedFuture(
        new LookoutException(
            ErrorCode.EXECUTION,
            "this block store is copied by its own means, such as snapshots of its indices"));
  }

  /** Whether some of what was put waits on this node, where others that share the store miss it. */
  default boolean holdsBack() {
    return false;
  }

  /** Whether other nodes have the same blocks: one node compacts and drops for all of them. */
  boolean shared();

  Future<StoreStats> stats();

  /** Finishes what is under way and lets go of files and connections. */
  Future<Void> close();

  /**
   * How much there is.
   *
   * @param indices of rollover periods
   * @param bytes on disk
   */
  record StoreStats(int indices, long blocks, long bytes) {}
}
