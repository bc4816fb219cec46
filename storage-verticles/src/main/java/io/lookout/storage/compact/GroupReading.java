package io.lookout.storage.compact;

import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.storage.block.Block;
import io.lookout.storage.block.BlockMerge;
import io.lookout.storage.block.BlockReader;
import io.lookout.storage.block.CorruptBlockException;
import io.lookout.storage.store.Answers;
import io.lookout.storage.store.BlockStore;
import io.lookout.storage.store.StoredBlock;
import io.micrometer.core.instrument.Counter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the blocks of one tenant and metric and puts the samples of each series together, on the
 * calling thread. Large groups are read in the order of their series, and handed over as far as no
 * further block can add to a series, so that a metric of any size takes little memory.
 */
public final class GroupReading {
  private static final Logger LOG = LoggerFactory.getLogger(GroupReading.class);

  private final BlockStore store;
  private final long memory;
  private final int maxSamples;
  private final Counter bytesRead;

  /** Takes series as they become complete. */
  @FunctionalInterface
  public interface Portions {
    void take(List<SeriesChunks> series) throws InterruptedException;
  }

  /**
   * @param memory about how many bytes of blocks are read at once
   * @param maxSamples of a chunk that is made
   */
  public GroupReading(BlockStore store, long memory, int maxSamples, Counter bytesRead) {
    this.store = store;
    this.memory = memory;
    this.maxSamples = maxSamples;
    this.bytesRead = bytesRead;
  }

  /**
   * Hands over all series of the group, each once, in their order.
   *
   * @return the blocks that were there and whole: what was handed over has all of these
   */
  public List<StoredBlock> read(List<StoredBlock> group, Portions portions)
      throws InterruptedException {
    long bytes = group.stream().mapToLong(StoredBlock::bytes).sum();
    return bytes <= memory ? readAtOnce(group, portions) : readInOrder(group, portions);
  }

  private List<StoredBlock> readAtOnce(List<StoredBlock> group, Portions portions)
      throws InterruptedException {
    BlockMerge merge = new BlockMerge(maxSamples);
    List<StoredBlock> read = add(group, merge);
    portions.take(merge.takeAll());
    return read;
  }

  private List<StoredBlock> readInOrder(List<StoredBlock> group, Portions portions)
      throws InterruptedException {
    Map<String, SeriesKey> first = firstSeries(group);
    List<StoredBlock> sorted =
        group.stream()
            .filter(block -> first.containsKey(block.id()))
            .sorted(Comparator.comparing(block -> first.get(block.id()), SeriesKey.ORDER))
            .toList();
    BlockMerge merge = new BlockMerge(maxSamples);
    List<StoredBlock> read = new ArrayList<>(sorted.size());
    for (List<StoredBlock> some : shares(sorted)) {
      SeriesKey next = first.get(some.getFirst().id());
      portions.take(next == null ? List.of() : merge.takeBefore(next));
      read.addAll(add(some, merge));
    }
    portions.take(merge.takeAll());
    return read;
  }

  /** Reads all blocks once, some at a time, for the labels of their first series. */
  private Map<String, SeriesKey> firstSeries(List<StoredBlock> group) throws InterruptedException {
    Map<String, SeriesKey> first = new HashMap<>();
    for (List<StoredBlock> some : shares(group)) {
      for (Block block : Answers.await(store.fetch(some))) {
        try {
          first.put(block.id(), BlockReader.firstSeries(block));
        } catch (CorruptBlockException e) {
          LOG.warn("Block {} is damaged and left as it is", block.id(), e);
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
  private List<StoredBlock> add(List<StoredBlock> blocks, BlockMerge merge)
      throws InterruptedException {
    Set<String> read = new HashSet<>();
    for (Block block : Answers.await(store.fetch(blocks))) {
      try {
        merge.add(block);
        read.add(block.id());
        bytesRead.increment(block.bytes());
      } catch (CorruptBlockException e) {
        LOG.warn("Block {} is damaged and left as it is", block.id(), e);
      }
    }
    return blocks.stream().filter(block -> read.contains(block.id())).toList();
  }
}
