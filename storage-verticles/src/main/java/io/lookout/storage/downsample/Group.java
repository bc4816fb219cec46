package io.lookout.storage.downsample;

import io.lookout.storage.block.BlockOrigin;
import io.lookout.storage.store.StoredBlock;
import java.util.ArrayList;
import java.util.List;

/** The blocks of one tenant and metric in one span, of samples or of one resolution. */
final class Group {
  /**
   * Level of the last block of a group that is put, or above: with it, the group is complete. What
   * it is above says of which blocks of samples.
   */
  private static final int COMPLETE = 2;

  private static final int MADE_OF_BITS = 30;

  final List<StoredBlock> blocks = new ArrayList<>();
  long sequence = Long.MIN_VALUE;
  private long oldest = Long.MAX_VALUE;

  /** Whether any is as it was sealed. */
  boolean sealed;

  /** Of a group of aggregates, what the last block says; of none or several, no such number. */
  private int madeOf = -1;

  private int complete;
  private long ids;

  void add(StoredBlock block) {
    BlockOrigin origin = block.origin();
    blocks.add(block);
    sequence = Math.max(sequence, origin.sequence());
    oldest = Math.min(oldest, origin.sequence());
    sealed |= origin.level() == 0;
    ids += block.id().hashCode() * 0x9E3779B97F4A7C15L;
    if (origin.level() >= COMPLETE) {
      complete++;
      madeOf = origin.level() - COMPLETE;
    }
  }

  /** Unlike that of any other group. */
  static String name(StoredBlock block) {
    String tenant = block.origin().tenant();
    return tenant.length() + ":" + tenant + block.origin().metric();
  }

  String name() {
    return name(blocks.getFirst());
  }

  /**
   * Whether these are all the aggregates of those samples, and of nothing else. Sequences alone do
   * not tell: a block that waited for the store may be older than what was there before it.
   */
  boolean isAllOf(Group samples) {
    return complete == 1
        && madeOf == samples.number()
        && sequence == samples.sequence
        && oldest == samples.sequence;
  }

  /** Of these blocks, in whatever order: others have another. */
  private int number() {
    return (int) (ids >>> (Long.SIZE - MADE_OF_BITS));
  }

  /** The level of the last block that is made from these. */
  int completeLevel() {
    return COMPLETE + number();
  }

  /** What the blocks are of that are made from these. */
  BlockOrigin origin(long spanStart) {
    BlockOrigin any = blocks.getFirst().origin();
    return new BlockOrigin(any.tenant(), any.metric(), spanStart, sequence, 1);
  }
}
