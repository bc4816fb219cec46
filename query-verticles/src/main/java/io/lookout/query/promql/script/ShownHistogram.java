package io.lookout.query.promql.script;

import io.lookout.model.histogram.BucketTable;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Histograms as the query API shows them: count, sum, and buckets by their bounds, without schema
 * and hint. Here they are histograms with custom buckets, so that two of them compare.
 */
public final class ShownHistogram {
  private final TreeSet<Double> bounds = new TreeSet<>();
  private final TreeMap<Double, Double> countByUpper = new TreeMap<>();
  private final double count;
  private final double sum;

  public ShownHistogram(double count, double sum) {
    this.count = count;
    this.sum = sum;
  }

  /** What would be seen of a histogram. */
  static NativeHistogram of(NativeHistogram h) {
    ShownHistogram shown = new ShownHistogram(h.count(), h.sum());
    BucketTable buckets = BucketTable.of(h);
    for (int i = 0; i < buckets.size(); i++) {
      if (buckets.count(i) != 0) {
        shown.bucket(buckets.lower(i), buckets.upper(i), buckets.count(i));
      }
    }
    return shown.histogram();
  }

  public void bucket(double lower, double upper, double count) {
    bounds.add(lower);
    bounds.add(upper);
    countByUpper.put(upper, count);
  }

  public NativeHistogram histogram() {
    bounds.remove(Double.NEGATIVE_INFINITY);
    bounds.remove(Double.POSITIVE_INFINITY);
    List<Double> all = new ArrayList<>(bounds);
    double[] counts = new double[all.size() + 1];
    countByUpper.forEach((upper, n) ->
        counts[upper == Double.POSITIVE_INFINITY ? all.size() : all.indexOf(upper)] = n);
    return new NativeHistogram(
        NativeHistogram.CUSTOM_BUCKETS_SCHEMA,
        CounterReset.UNKNOWN,
        false,
        0,
        0,
        count,
        sum,
        List.of(new Span(0, counts.length)),
        counts,
        List.of(),
        new double[0],
        all.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
