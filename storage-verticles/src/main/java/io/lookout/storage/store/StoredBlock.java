package io.lookout.storage.store;

import io.lookout.storage.block.BlockOrigin;
import java.util.Comparator;

/**
 * A block as a store lists it, without its binaries.
 *
 * @param id under which it was put
 * @param place where the store has it, such as an index: to be handed back to the same store
 * @param bytes of its binaries, roughly
 */
public record StoredBlock(
    String id, String place, BlockOrigin origin, int seriesCount, long sampleCount, long bytes) {

  /** Of one tenant and metric together, the oldest window first. */
  public static final Comparator<StoredBlock> ORDER =
      Comparator.<StoredBlock, String>comparing(block -> block.origin.tenant())
          .thenComparing(block -> block.origin.metric())
          .thenComparingLong(block -> block.origin.windowStart())
          .thenComparing(StoredBlock::id);
}
