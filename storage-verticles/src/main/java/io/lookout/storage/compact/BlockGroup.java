package io.lookout.storage.compact;

import io.lookout.storage.block.BlockOrigin;
import io.lookout.storage.store.StoredBlock;
import java.util.List;

/** The blocks of one tenant and metric in one span of time: what becomes one. */
record BlockGroup(List<StoredBlock> blocks) {

  static boolean belongTogether(StoredBlock a, StoredBlock b) {
    return a.origin().tenant().equals(b.origin().tenant())
        && a.origin().metric().equals(b.origin().metric());
  }

  /**
   * Whether there is something to gain: a block as it was sealed, beside others. Blocks that were
   * left by a compaction that did not end have such blocks beside them, because these go last.
   *
   * @param before blocks of a sequence from then on may not be all yet
   */
  boolean isDue(long before) {
    if (blocks.size() < 2) {
      return false;
    }
    boolean sealed = false;
    for (StoredBlock block : blocks) {
      sealed |= block.origin().level() == 0;
      if (block.origin().level() == 0 && block.origin().sequence() >= before) {
        return false;
      }
    }
    return sealed;
  }

  /** What becomes of the group: as new as the newest of its blocks. */
  BlockOrigin result(long spanStart) {
    BlockOrigin any = blocks.getFirst().origin();
    long sequence = blocks.stream().mapToLong(block -> block.origin().sequence()).max().orElse(0);
    return new BlockOrigin(any.tenant(), any.metric(), spanStart, sequence, 1);
  }
}
