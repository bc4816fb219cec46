package io.lookout.storage.downsample;

import io.lookout.storage.block.BlockOrigin;
import io.lookout.storage.store.StoredBlock;
import java.util.ArrayList;
import java.util.List;

/** The blocks of one tenant and metric in one span, of samples or of one resolution. */
final class Group {
  /** Of the last block of a group that is put: with it, the group is complete. */
  static final int COMPLETE = 2;

  final List<StoredBlock> blocks = new ArrayList<>();
  long sequence = Long.MIN_VALUE;
  private long oldest = Long.MAX_VALUE;

  /** Whether any is as it was sealed. */
  boolean sealed;

  private boolean complete;

  void add(StoredBlock block) {
    BlockOrigin origin = block.origin();
    blocks.add(block);
    sequence = Math.max(sequence, origin.sequence());
    oldest = Math.min(oldest, origin.sequence());
    sealed |= origin.level() == 0;
    complete |= origin.level() == COMPLETE;
  }

  /** Unlike that of any other group. */
  static String name(StoredBlock block) {
    String tenant = block.origin().tenant();
    return tenant.length() + ":" + tenant + block.origin().metric();
  }

  String name() {
    return name(blocks.getFirst());
  }

  /** Whether these are all the aggregates of those samples, and of nothing else. */
  boolean isAllOf(Group samples) {
    return complete && sequence == samples.sequence && oldest == samples.sequence;
  }

  /** What the blocks are of that are made from these. */
  BlockOrigin origin(long spanStart) {
    BlockOrigin any = blocks.getFirst().origin();
    return new BlockOrigin(any.tenant(), any.metric(), spanStart, sequence, 1);
  }
}
