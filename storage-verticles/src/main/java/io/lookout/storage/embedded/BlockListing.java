package io.lookout.storage.embedded;

import io.lookout.storage.block.Block;
import io.lookout.storage.block.BlockOrigin;
import io.lookout.storage.block.BlockReader;
import io.lookout.storage.block.CorruptBlockException;
import io.lookout.storage.embedded.BlockVisit.FoundBlock;
import io.lookout.storage.store.BlockRange;
import io.lookout.storage.store.Damage;
import io.lookout.storage.store.StoredBlock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;

/** Lists blocks and reads them again as they were put. */
final class BlockListing {
  private final BlockRange range;
  private final Query query;

  /** The first ones so far, the last of them on top. */
  private final PriorityQueue<StoredBlock> first;

  BlockListing(BlockRange range) {
    this.range = range;
    this.query =
        NumericDocValuesField.newSlowRangeQuery(
            BlockFields.WINDOW, range.from(), Math.decrementExact(range.to()));
    this.first = new PriorityQueue<>(StoredBlock.ORDER.reversed());
  }

  void in(String place, IndexSearcher searcher) throws IOException {
    BlockVisit.each(
        searcher,
        query,
        block -> {
          StoredBlock stored = stored(place, block);
          // Blocks of before there was upkeep do not tell what they are of, and are left alone.
          if (!stored.origin().tenant().isEmpty()) {
            take(stored);
          }
        });
  }

  private void take(StoredBlock block) {
    if (range.after().isPresent() && StoredBlock.ORDER.compare(block, range.after().get()) <= 0) {
      return;
    }
    first.add(block);
    if (first.size() > range.limit()) {
      first.remove();
    }
  }

  private static StoredBlock stored(String place, FoundBlock block) throws IOException {
    return new StoredBlock(
        block.id(),
        place,
        origin(block),
        (int) block.number(BlockFields.SERIES_COUNT),
        block.number(BlockFields.SAMPLE_COUNT),
        block.binaryBytes());
  }

  private static BlockOrigin origin(FoundBlock block) throws IOException {
    return new BlockOrigin(
        block.text(BlockFields.TENANT_NAME),
        block.text(BlockFields.METRIC_NAME),
        block.number(BlockFields.WINDOW),
        block.sequence(),
        (int) block.number(BlockFields.LEVEL));
  }

  List<StoredBlock> result() {
    List<StoredBlock> sorted = new ArrayList<>(first);
    sorted.sort(StoredBlock.ORDER);
    return sorted;
  }

  /** Reads these blocks, which are all in one index. */
  static void fetch(IndexSearcher searcher, Collection<String> ids, Damage damage, List<Block> to)
      throws IOException {
    List<BytesRef> terms = ids.stream().map(BlockFields::idBytes).toList();
    List<Block> found = new ArrayList<>(ids.size());
    BlockVisit.each(
        searcher,
        new TermInSetQuery(BlockFields.ID, terms),
        block -> {
          try {
            found.add(BlockReader.block(block.id(), origin(block), block.series(), block.chunks()));
          } catch (CorruptBlockException e) {
            damage.report(block.id(), e);
          }
        });
    found.sort(Comparator.comparing(Block::id));
    to.addAll(found);
  }
}
