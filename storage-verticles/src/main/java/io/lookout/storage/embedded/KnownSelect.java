package io.lookout.storage.embedded;

import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.storage.block.OpenBlock;
import io.lookout.storage.block.SeriesMerge;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/**
 * A small select from what is remembered of the indices alone: it is given up where something is
 * not, and where it takes more than some microseconds.
 */
final class KnownSelect {
  /** So many blocks are looked at. */
  private static final int BLOCKS = 1000;

  /** So many rows are taken out of them. */
  private static final int ROWS = 128;

  private final SelectRequest request;
  private final SegmentCache cache;
  private final SeriesMerge merge;
  private int blocks;
  private int rows;

  KnownSelect(SelectRequest request, SegmentCache cache) {
    this.request = request;
    this.cache = cache;
    this.merge = new SeriesMerge(request.maxSeries(), request.maxBytes());
  }

  /** What {@link BlockSelect} finds; null where it has to be asked. */
  @Nullable List<SeriesChunks> in(PeriodView view) throws IOException {
    List<LeafReader> segments = new ArrayList<>();
    view.each(searcher -> {
      for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
        segments.add(leaf.reader());
      }
    });
    for (LeafReader segment : segments) {
      if (!take(segment)) {
        return null;
      }
    }
    return merge.result();
  }

  private boolean take(LeafReader segment) {
    BlockTimes times = cache.knownTimes(segment);
    if (times == null) {
      return false;
    }
    if (!times.anyOverlaps(request.minTime(), request.maxTime())) {
      return true;
    }
    Candidates candidates = cache.knownCandidates(segment, request);
    return candidates != null && take(segment, times, candidates);
  }

  private boolean take(LeafReader segment, BlockTimes times, Candidates candidates) {
    blocks += candidates.count();
    if (blocks > BLOCKS) {
      return false;
    }
    Bits live = segment.getLiveDocs();
    for (int i = 0; i < candidates.count(); i++) {
      int doc = candidates.doc(i);
      if (times.overlaps(doc, request.minTime(), request.maxTime())
          && (live == null || live.get(doc))
          && !candidates.isKnownEmpty(i)
          && !take(cache.known(segment, doc), candidates.known(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean take(@Nullable OpenBlock block, @Nullable BitSet wanted) {
    if (block == null || wanted == null) {
      return false;
    }
    rows += wanted.cardinality();
    if (rows > ROWS) {
      return false;
    }
    merge.add(block.select(wanted, request.minTime(), request.maxTime()), block.sequence());
    return true;
  }
}
