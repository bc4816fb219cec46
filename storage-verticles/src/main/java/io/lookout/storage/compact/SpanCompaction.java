package io.lookout.storage.compact;

import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.storage.block.BlockWriter;
import io.lookout.storage.store.Answers;
import io.lookout.storage.store.BlockRange;
import io.lookout.storage.store.BlockStore;
import io.lookout.storage.store.StoredBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Puts the blocks of one span of time together, one tenant and metric after the other, on the
 * calling thread: all of them when the span has ended, and what comes late as {@link BlockGroup}
 * says.
 */
final class SpanCompaction {
  private static final int PAGE = 5_000;

  /** A day of a sample every 10 s: larger chunks cost short queries more than they save. */
  private static final int MAX_SAMPLES = 8_640;

  private final BlockStore store;
  private final GroupReading reading;
  private final BooleanSupplier stopping;
  private final Replacement replacement;
  private boolean changed;

  /**
   * @param memory about how many bytes of blocks are read at once
   */
  SpanCompaction(BlockStore store, long memory, CompactionMeters meters, BooleanSupplier stopping) {
    this.store = store;
    this.reading = new GroupReading(store, memory, MAX_SAMPLES, meters.bytesRead);
    this.stopping = stopping;
    this.replacement = new Replacement(store, meters);
  }

  /**
   * Compacts what is due of the windows that begin in [from, to).
   *
   * @param before sealed blocks of a sequence from then on wait
   * @return whether anything was
   */
  boolean run(long from, long to, long before) throws InterruptedException {
    BlockRange range = BlockRange.of(from, to, PAGE);
    List<StoredBlock> group = new ArrayList<>();
    List<StoredBlock> page = Answers.await(store.list(range));
    while (!page.isEmpty() && !stopping.getAsBoolean()) {
      for (StoredBlock block : page) {
        if (!group.isEmpty() && !BlockGroup.belongTogether(group.getFirst(), block)) {
          compact(new BlockGroup(group), from, before);
          group = new ArrayList<>();
        }
        group.add(block);
      }
      boolean last = page.size() < PAGE;
      page = last ? List.of() : Answers.await(store.list(range.after(page.getLast())));
    }
    if (!group.isEmpty()) {
      compact(new BlockGroup(group), from, before);
    }
    replacement.finish();
    if (changed) {
      Answers.await(store.pack(from, to));
    }
    return changed;
  }

  private void compact(BlockGroup group, long from, long before) throws InterruptedException {
    List<StoredBlock> due = stopping.getAsBoolean() ? List.of() : group.due(before);
    if (due.isEmpty()) {
      return;
    }
    changed = true;
    BlockWriter writer = new BlockWriter(BlockGroup.result(due, from));
    replacement.replace(reading.read(due, series -> write(series, writer)));
  }

  private void write(List<SeriesChunks> series, BlockWriter writer) throws InterruptedException {
    if (!series.isEmpty()) {
      replacement.put(writer.write(series));
    }
  }
}
