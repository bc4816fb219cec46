package io.lookout.query.promql.exec;

import io.lookout.model.SampleColumns;
import io.lookout.model.aggregate.BucketColumns;
import io.lookout.model.aggregate.TimePart;
import java.util.List;

/**
 * The buckets of one series, of which several sources may tell: two nodes that each had a part of
 * the samples, or blocks that a crash left beside those which replace them. What sources tell of
 * one bucket counts together where no two of them can have the same samples, and once where they
 * can:
 *
 * <pre>
 *   a  (──●──●──●───────────]        a  (──●──●──●────────]
 *   b  (────────────●──●────]        b  (────●──────●──●──]
 *       both count, as they are          one bucket: count and sum of the one with more samples,
 *                                        first of a, last of b, the larger loss by resets
 * </pre>
 *
 * <p>A loss by resets that is seen in some of the samples is never more than that of all: so the
 * larger one is the closer one. Not thread-safe.
 */
final class BucketUnion {
  private final SampleColumns last;
  private final SampleColumns first;
  private final BucketColumns told;
  private final List<TimePart> parts;
  private final int[] order;
  private final SampleColumns union;
  private final BucketColumns buckets;
  private int part;
  private int nextFirst;

  private BucketUnion(
      SampleColumns last, SampleColumns first, BucketColumns told, List<TimePart> parts) {
    this.last = last;
    this.first = first;
    this.told = told;
    this.parts = parts;
    this.order = SampleOrder.of(last);
    this.union = new SampleColumns(last.size);
    this.buckets = new BucketColumns(last.size);
  }

  /**
   * The buckets in the order of time, with {@link SampleColumns#buckets}.
   *
   * @param last of each bucket of each source, in any order
   * @param first of them, by time; it may lack some, of which a deletion took the first sample
   * @param told counts, sums and resets, in the order of {@code last}
   * @param parts which resolution the buckets of a time have
   */
  static SampleColumns of(
      SampleColumns last, SampleColumns first, BucketColumns told, List<TimePart> parts) {
    BucketUnion union = new BucketUnion(last, first, told, parts);
    int at = 0;
    while (at < union.order.length) {
      at = union.addBucket(at);
    }
    union.union.buckets = union.buckets;
    return union.union;
  }

  private long time(int place) {
    return last.times[order[place]];
  }

  /** Where resolutions are not known, each time is a bucket. */
  private long resolutionAt(long time) {
    while (part < parts.size() - 1 && parts.get(part).maxTime() < time) {
      part++;
    }
    return parts.isEmpty() ? 1 : Math.max(1, parts.get(part).resolution());
  }

  /** Adds what all sources tell of the bucket, and returns where the next one begins. */
  private int addBucket(int from) {
    long resolution = resolutionAt(time(from));
    long start = Math.floorDiv(time(from) - 1, resolution) * resolution;
    int to = from + 1;
    while (to < order.length && time(to) <= start + resolution) {
      to++;
    }
    while (nextFirst < first.size && first.times[nextFirst] <= start) {
      nextFirst++;
    }
    int endOfFirsts = nextFirst;
    while (endOfFirsts < first.size && first.times[endOfFirsts] <= start + resolution) {
      endOfFirsts++;
    }
    addApart(from, to, endOfFirsts - nextFirst == to - from);
    nextFirst = endOfFirsts;
    return to;
  }

  /**
   * Sources have nothing in common where as many begin as end before a time.
   *
   * @param whole whether there are as many firsts as lasts
   */
  private void addApart(int from, int to, boolean whole) {
    int begin = from;
    for (int i = from; i < to; i++) {
      if (i + 1 == to || (whole && first.times[nextFirst + i + 1 - from] > time(i))) {
        add(begin, i + 1, whole ? nextFirst + begin - from : nextFirst);
        begin = i + 1;
      }
    }
  }

  /** Adds what may have samples in common as one. */
  private void add(int from, int to, int firstPlace) {
    int most = order[from];
    double resets = 0;
    for (int i = from; i < to; i++) {
      most = told.counts[order[i]] >= told.counts[most] ? order[i] : most;
      resets = Math.max(resets, told.resets[order[i]]);
    }
    int latest = order[to - 1];
    int at = union.size;
    union.add(last.times[latest], last.values[latest]);
    if (last.startTimeAt(latest) != 0) {
      union.startTime(last.startTimeAt(latest));
    }
    buckets.copy(told, most, at);
    boolean known = firstPlace < first.size && first.times[firstPlace] <= last.times[latest];
    SampleColumns of = known ? first : last;
    int place = known ? firstPlace : latest;
    buckets.firsts[at] = of.values[place];
    buckets.firstTimes[at] = of.times[place];
    buckets.firstStarts[at] = of.startTimeAt(place);
    buckets.resets[at] = resets;
  }
}
