package io.lookout.storage.embedded;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.index.PointValues.IntersectVisitor;
import org.apache.lucene.index.PointValues.Relation;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/** The times that each block of a segment covers, ms, by its document. */
final class BlockTimes {
  private final long[] minTimes;
  private final long[] maxTimes;
  private final long first;
  private final long last;

  private BlockTimes(long[] minTimes, long[] maxTimes) {
    this.minTimes = minTimes;
    this.maxTimes = maxTimes;
    this.first = Arrays.stream(minTimes).min().orElse(Long.MAX_VALUE);
    this.last = Arrays.stream(maxTimes).max().orElse(Long.MIN_VALUE);
  }

  static BlockTimes of(LeafReader segment) throws IOException {
    return new BlockTimes(
        column(segment, BlockFields.MIN_TIME), column(segment, BlockFields.MAX_TIME));
  }

  private static long[] column(LeafReader segment, String field) throws IOException {
    long[] times = new long[segment.maxDoc()];
    PointValues points = segment.getPointValues(field);
    if (points != null) {
      points.intersect(
          new IntersectVisitor() {
            @Override
            public void visit(int doc) {
              throw new IllegalStateException("every time is asked for");
            }

            @Override
            public void visit(int doc, byte[] packed) {
              times[doc] = LongPoint.decodeDimension(packed, 0);
            }

            @Override
            public Relation compare(byte[] min, byte[] max) {
              return Relation.CELL_CROSSES_QUERY;
            }
          });
    }
    return times;
  }

  int estimatedBytes() {
    return 100 + 16 * minTimes.length;
  }

  /** Whether any block may have samples in [from, to], both inclusive. */
  boolean anyOverlaps(long from, long to) {
    return first <= to && last >= from;
  }

  boolean overlaps(int doc, long from, long to) {
    return minTimes[doc] <= to && maxTimes[doc] >= from;
  }

  /**
   * The blocks that may have samples in [from, to], both inclusive.
   *
   * @param live those that were not deleted; null: all
   */
  FixedBitSet overlapping(long from, long to, @Nullable Bits live) {
    FixedBitSet found = new FixedBitSet(Math.max(1, minTimes.length));
    for (int doc = 0; doc < minTimes.length; doc++) {
      if (overlaps(doc, from, to) && (live == null || live.get(doc))) {
        found.set(doc);
      }
    }
    return found;
  }
}
