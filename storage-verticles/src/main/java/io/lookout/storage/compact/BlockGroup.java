package io.lookout.storage.compact;

import io.lookout.storage.block.BlockOrigin;
import io.lookout.storage.store.StoredBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The blocks of one tenant and metric in one span of time, and which of them are to become one.
 *
 * <p>Blocks of one sequence are a run: what was sealed together, or what a compaction made. In the
 * order of their sequences runs are like the digits of a number: each is larger than all newer ones
 * together, and where it is not, it is merged with them.
 *
 * <pre>
 *   day ............................ late ... later    the day stays as it is: what came late
 *   day ............................ late+later         is merged with what else came late,
 *   day+late+...                                        until that is as much as the day
 * </pre>
 *
 * <p>A byte is written anew only into a run at least twice as large, so that late data costs its
 * size times the logarithm of the day's size by its own, not the size of the day; and there are
 * never more runs than that logarithm. Below {@link #SMALL} bytes all runs count as equal: they are
 * cheaper to merge than to keep. (The logarithmic method: J. L. Bentley and J. B. Saxe,
 * Decomposable searching problems, 1980.)
 *
 * <p>What is merged is one run and all newer ones: so the result stands where they stood in the
 * order of sequences, which says which of two samples counts.
 */
record BlockGroup(List<StoredBlock> blocks) {
  /** Bytes of a run that is not worth to be kept apart. */
  static final long SMALL = 64 << 10;

  /** Blocks of one sequence. */
  private record Run(List<StoredBlock> blocks) {
    long sequence() {
      return blocks.getFirst().origin().sequence();
    }

    boolean isSealed() {
      return blocks.stream().anyMatch(block -> block.origin().level() == 0);
    }

    /** Whether it is a result beside the last of its inputs. */
    boolean isLeft() {
      return isSealed() && blocks.stream().anyMatch(block -> block.origin().level() > 0);
    }

    long bytes() {
      return blocks.stream().mapToLong(StoredBlock::bytes).sum();
    }
  }

  static boolean belongTogether(StoredBlock a, StoredBlock b) {
    return a.origin().tenant().equals(b.origin().tenant())
        && a.origin().metric().equals(b.origin().metric());
  }

  /**
   * The blocks that are to become one run: from the oldest run that was sealed, or that is not
   * larger than all newer ones together, to the newest. Empty where that is one run only. A
   * compaction that did not end left its inputs beside its result, which is as large as they are:
   * they are among them.
   *
   * @param before blocks of a sequence from then on may not be all yet, and are left for later
   */
  List<StoredBlock> due(long before) {
    List<Run> runs = runs(before);
    int first = runs.size();
    long newer = 0;
    for (int i = runs.size() - 1; i >= 0; i--) {
      Run run = runs.get(i);
      boolean large = Math.max(SMALL, run.bytes()) > Math.max(SMALL, newer);
      if (run.isSealed() || !large) {
        first = i;
      }
      newer += run.bytes();
    }
    List<Run> due = runs.subList(first, runs.size());
    return due.size() > 1 || due.stream().anyMatch(Run::isLeft)
        ? due.stream().flatMap(run -> run.blocks().stream()).toList()
        : List.of();
  }

  /** The oldest first. */
  private List<Run> runs(long before) {
    List<StoredBlock> sorted =
        blocks.stream()
            .filter(block -> block.origin().level() > 0 || block.origin().sequence() < before)
            .sorted(Comparator.comparingLong(block -> block.origin().sequence()))
            .toList();
    List<Run> runs = new ArrayList<>();
    for (StoredBlock block : sorted) {
      if (runs.isEmpty() || runs.getLast().sequence() != block.origin().sequence()) {
        runs.add(new Run(new ArrayList<>()));
      }
      runs.getLast().blocks().add(block);
    }
    return runs;
  }

  /** What becomes of blocks: as new as the newest of them. */
  static BlockOrigin result(List<StoredBlock> merged, long spanStart) {
    BlockOrigin any = merged.getFirst().origin();
    long sequence = merged.stream().mapToLong(block -> block.origin().sequence()).max().orElse(0);
    return new BlockOrigin(any.tenant(), any.metric(), spanStart, sequence, 1);
  }
}
