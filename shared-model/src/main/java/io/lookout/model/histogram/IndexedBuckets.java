package io.lookout.model.histogram;

import io.lookout.model.histogram.NativeHistogram.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The buckets of one side of a histogram, each with its index, ascending, and with the Kahan
 * compensation of its count. Mutable; only the first {@code size} entries count.
 *
 * <pre>
 *   spans (2,2) (3,1)   buckets 5 7 9   ─►   indexes 2 3 7   counts 5 7 9
 * </pre>
 */
final class IndexedBuckets {
  int[] indexes;
  double[] counts;
  double[] compensations;
  int size;

  IndexedBuckets(int capacity) {
    indexes = new int[capacity];
    counts = new double[capacity];
    compensations = new double[capacity];
  }

  static IndexedBuckets of(List<Span> spans, double[] buckets) {
    IndexedBuckets indexed = new IndexedBuckets(buckets.length);
    indexed.size = buckets.length;
    indexed.counts = buckets.clone();
    int index = 0;
    int n = 0;
    for (int s = 0; s < spans.size(); s++) {
      Span span = spans.get(s);
      index += span.offset();
      for (int i = 0; i < span.length(); i++) {
        indexed.indexes[n++] = index++;
      }
    }
    return indexed;
  }

  /** The runs of consecutive indexes. */
  List<Span> spans() {
    List<Span> spans = new ArrayList<>();
    int end = 0;
    for (int i = 0; i < size; ) {
      int first = i;
      do {
        i++;
      } while (i < size && indexes[i] == indexes[i - 1] + 1);
      spans.add(new Span(indexes[first] - end, i - first));
      end = indexes[i - 1] + 1;
    }
    return spans;
  }

  /** The counts, compensated. */
  double[] buckets() {
    double[] buckets = Arrays.copyOf(counts, size);
    for (int i = 0; i < size; i++) {
      buckets[i] += compensations[i];
    }
    return buckets;
  }

  void scale(double factor) {
    for (int i = 0; i < size; i++) {
      counts[i] *= factor;
      compensations[i] *= factor;
    }
  }

  void divide(double divisor) {
    for (int i = 0; i < size; i++) {
      counts[i] /= divisor;
      compensations[i] /= divisor;
    }
  }

  /** Removes the buckets that hold nothing. */
  void compact() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (counts[i] != 0 || compensations[i] != 0) {
        move(i, kept++);
      }
    }
    size = kept;
  }

  /** Removes the first {@code n} buckets. */
  void dropFirst(int n) {
    for (int i = n; i < size; i++) {
      move(i, i - n);
    }
    size -= n;
  }

  private void move(int from, int to) {
    indexes[to] = indexes[from];
    counts[to] = counts[from];
    compensations[to] = compensations[from];
  }

  /** Merges buckets to those of a coarser schema. */
  void coarsen(int schema, int target) {
    int n = 0;
    for (int i = 0; i < size; i++) {
      int index = BucketBounds.coarser(indexes[i], schema, target);
      if (n > 0 && indexes[n - 1] == index) {
        increase(n - 1, counts[i], compensations[i]);
      } else {
        move(i, n);
        indexes[n++] = index;
      }
    }
    size = n;
  }

  private void increase(int i, double count, double compensation) {
    compensations[i] = KahanSum.compensation(counts[i], count, compensations[i]);
    counts[i] += count;
    if (compensation != 0) {
      compensations[i] = KahanSum.compensation(counts[i], compensation, compensations[i]);
      counts[i] += compensation;
    }
  }

  /**
   * Adds the buckets of the other from position {@code from} on, each times {@code sign}. In place
   * where all of them are here already.
   */
  void add(IndexedBuckets other, int from, double sign) {
    int missing = missing(other, from);
    if (missing > 0) {
      makeRoom(other, from, size + missing);
    }
    int i = 0;
    for (int j = from; j < other.size; j++) {
      while (indexes[i] < other.indexes[j]) {
        i++;
      }
      increase(i, sign * other.counts[j], sign * other.compensations[j]);
    }
  }

  private int missing(IndexedBuckets other, int from) {
    int missing = 0;
    int i = 0;
    for (int j = from; j < other.size; j++) {
      while (i < size && indexes[i] < other.indexes[j]) {
        i++;
      }
      if (i == size || indexes[i] != other.indexes[j]) {
        missing++;
      }
    }
    return missing;
  }

  /** Inserts empty buckets for those indexes of the other that are not here. */
  private void makeRoom(IndexedBuckets other, int from, int newSize) {
    if (newSize > indexes.length) {
      indexes = Arrays.copyOf(indexes, newSize);
      counts = Arrays.copyOf(counts, newSize);
      compensations = Arrays.copyOf(compensations, newSize);
    }
    int to = newSize - 1;
    int i = size - 1;
    int j = other.size - 1;
    while (j >= from) {
      if (i >= 0 && indexes[i] >= other.indexes[j]) {
        if (indexes[i] == other.indexes[j]) {
          j--;
        }
        move(i--, to--);
      } else {
        indexes[to] = other.indexes[j--];
        counts[to] = 0;
        compensations[to--] = 0;
      }
    }
    size = newSize;
  }

  /** How many of the first buckets end at or below an absolute value. */
  int below(double threshold, int schema) {
    int n = 0;
    while (n < size && BucketBounds.exponential(indexes[n], schema) <= threshold) {
      n++;
    }
    return n;
  }

  /**
   * Maps custom buckets to fewer bounds: each bucket goes to the one that ends at the next bound
   * that is left.
   */
  IndexedBuckets rebound(double[] bounds, double[] kept) {
    IndexedBuckets result = new IndexedBuckets(kept.length + 1);
    int target = 0;
    for (int i = 0; i < size; i++) {
      double end = indexes[i] < bounds.length ? bounds[indexes[i]] : Double.POSITIVE_INFINITY;
      while (target < kept.length && kept[target] < end) {
        target++;
      }
      if (result.size == 0 || result.indexes[result.size - 1] != target) {
        result.indexes[result.size++] = target;
      }
      result.increase(result.size - 1, counts[i], compensations[i]);
    }
    return result;
  }
}
