package io.lookout.storage.embedded;

import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.storage.block.CorruptBlockException;
import io.lookout.storage.block.OpenBlock;
import io.lookout.storage.block.SeriesMerge;
import io.lookout.storage.embedded.BlockVisit.FoundBlock;
import io.lookout.storage.store.Damage;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/** One select over the indices: finds blocks, and takes the wanted series out of each. */
final class BlockSelect {
  private final SelectRequest request;
  private final SegmentCache cache;
  private final Damage damage;
  private final SeriesMerge merge;
  private int blocks;

  BlockSelect(SelectRequest request, SegmentCache cache, Damage damage) {
    this.request = request;
    this.cache = cache;
    this.damage = damage;
    this.merge = new SeriesMerge(request.maxSeries(), request.maxBytes());
  }

  void in(IndexSearcher searcher) throws IOException {
    Search search = new Search(searcher);
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      LeafReader segment = leaf.reader();
      BlockTimes times = cache.times(segment);
      if (times.anyOverlaps(request.minTime(), request.maxTime())) {
        Candidates candidates =
            cache.candidates(segment, request.tenant(), request.matchers(), () -> search.in(leaf));
        take(segment, times, candidates);
      }
    }
  }

  /** Asks Lucene, as soon as one segment is not known. */
  private final class Search {
    private final IndexSearcher searcher;
    private @Nullable Weight weight;

    Search(IndexSearcher searcher) {
      this.searcher = searcher;
    }

    Candidates in(LeafReaderContext leaf) throws IOException {
      Weight asked = weight;
      if (asked == null) {
        asked = BlockVisit.weight(searcher, BlockQueries.ofAnyTime(request));
        weight = asked;
      }
      Scorer scorer = asked.scorer(leaf);
      return scorer == null ? Candidates.NONE : Candidates.of(scorer.iterator());
    }
  }

  private void take(LeafReader segment, BlockTimes times, Candidates candidates)
      throws IOException {
    Bits live = segment.getLiveDocs();
    FoundBlock reader = null;
    for (int i = 0; i < candidates.count(); i++) {
      int doc = candidates.doc(i);
      if (!times.overlaps(doc, request.minTime(), request.maxTime())
          || (live != null && !live.get(doc))
          || candidates.isKnownEmpty(i)) {
        continue;
      }
      OpenBlock known = cache.known(segment, doc);
      if (known == null) {
        reader = reader == null ? new FoundBlock(segment) : reader;
        known = open(segment, reader.at(doc));
      }
      if (known != null) {
        take(known, candidates.wanted(i, known, request.matchers()));
      }
    }
  }

  /** The block, or null where it is damaged. */
  private @Nullable OpenBlock open(LeafReader segment, FoundBlock found) throws IOException {
    try {
      return cache.open(segment, request.tenant(), found);
    } catch (CorruptBlockException e) {
      damage.report(found.id(), e);
      return null;
    }
  }

  private void take(OpenBlock block, BitSet wanted) {
    if (!wanted.isEmpty()) {
      blocks++;
      merge.add(block.select(wanted, request.minTime(), request.maxTime()), block.sequence());
    }
  }

  /** Of how many blocks the result is. */
  int blocks() {
    return blocks;
  }

  List<SeriesChunks> result() {
    return merge.result();
  }
}
