package io.lookout.storage.compact;

import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.storage.block.Block;
import io.lookout.storage.block.BlockMerge;
import io.lookout.storage.block.BlockReader;
import io.lookout.storage.block.BlockWriter;
import io.lookout.storage.block.CorruptBlockException;
import io.lookout.storage.store.Answers;
import io.lookout.storage.store.BlockRange;
import io.lookout.storage.store.BlockStore;
import io.lookout.storage.store.StoredBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the blocks of one span of time together, one tenant and metric after the other, on the
 * calling thread. Large groups are read in the order of their series, and written as far as no
 * further block can add to a series, so that a metric of any size takes little memory.
 */
final class SpanCompaction {
  private static final Logger LOG = LoggerFactory.getLogger(SpanCompaction.class);
  private static final int PAGE = 5_000;

  /** A day of a sample every 10 s: larger chunks cost short queries more than they save. */
  private static final int MAX_SAMPLES = 8_640;

  private final BlockStore store;
  private final long memory;
  private final CompactionMeters meters;
  private final BooleanSupplier stopping;
  private final Replacement replacement;
  private boolean changed;

  /**
   * @param memory about how many bytes of blocks are read at once
   */
  SpanCompaction(BlockStore store, long memory, CompactionMeters meters, BooleanSupplier stopping) {
    this.store = store;
    this.memory = memory;
    this.meters = meters;
    this.stopping = stopping;
    this.replacement = new Replacement(store, meters);
  }

  /**
   * Compacts what is due of the windows that begin in [from, to).
   *
   * @param before groups with a sequence from then on wait
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
    if (stopping.getAsBoolean() || !group.isDue(before)) {
      return;
    }
    changed = true;
    BlockWriter writer = new BlockWriter(group.result(from));
    if (group.bytes() <= memory) {
      compactAtOnce(group, writer);
    } else {
      compactInOrder(group, writer);
    }
  }

  private void compactAtOnce(BlockGroup group, BlockWriter writer) throws InterruptedException {
    BlockMerge merge = new BlockMerge(MAX_SAMPLES);
    List<StoredBlock> read = read(group.blocks(), merge);
    write(merge.takeAll(), writer);
    replacement.replace(read);
  }

  private void compactInOrder(BlockGroup group, BlockWriter writer) throws InterruptedException {
    Map<String, SeriesKey> first = firstSeries(group);
    List<StoredBlock> sorted =
        group.blocks().stream()
            .filter(block -> first.containsKey(block.id()))
            .sorted(Comparator.comparing(block -> first.get(block.id()), SeriesKey.ORDER))
            .toList();
    BlockMerge merge = new BlockMerge(MAX_SAMPLES);
    List<StoredBlock> read = new ArrayList<>(sorted.size());
    for (List<StoredBlock> some : shares(sorted)) {
      SeriesKey next = first.get(some.getFirst().id());
      write(next == null ? List.of() : merge.takeBefore(next), writer);
      read.addAll(read(some, merge));
    }
    write(merge.takeAll(), writer);
    replacement.replace(read);
  }

  /** Reads all blocks once, some at a time, for the labels of their first series. */
  private Map<String, SeriesKey> firstSeries(BlockGroup group) throws InterruptedException {
    Map<String, SeriesKey> first = new HashMap<>();
    for (List<StoredBlock> some : shares(group.blocks())) {
      for (Block block : Answers.await(store.fetch(some))) {
        try {
          first.put(block.id(), BlockReader.firstSeries(block));
        } catch (CorruptBlockException e) {
          LOG.warn("Block {} is damaged and not compacted", block.id(), e);
        }
      }
    }
    return first;
  }

  /** Successive ones that take a quarter of the memory. */
  private List<List<StoredBlock>> shares(List<StoredBlock> blocks) {
    List<List<StoredBlock>> shares = new ArrayList<>();
    int start = 0;
    long bytes = 0;
    for (int i = 0; i < blocks.size(); i++) {
      bytes += blocks.get(i).bytes();
      if (bytes >= memory / 4 || i == blocks.size() - 1) {
        shares.add(blocks.subList(start, i + 1));
        start = i + 1;
        bytes = 0;
      }
    }
    return shares;
  }

  /** Adds the blocks, and says which were there and whole: no others may be replaced. */
  private List<StoredBlock> read(List<StoredBlock> blocks, BlockMerge merge)
      throws InterruptedException {
    Set<String> read = new HashSet<>();
    for (Block block : Answers.await(store.fetch(blocks))) {
      try {
        merge.add(block);
        read.add(block.id());
        meters.bytesRead.increment(block.bytes());
      } catch (CorruptBlockException e) {
        LOG.warn("Block {} is damaged and not compacted", block.id(), e);
      }
    }
    return blocks.stream().filter(block -> read.contains(block.id())).toList();
  }

  private void write(List<SeriesChunks> series, BlockWriter writer) throws InterruptedException {
    if (!series.isEmpty()) {
      replacement.put(writer.write(series));
    }
  }
}
