package io.lookout.query.promql.exec;

import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes one series of those that have the same labels, as long as they have no step in common.
 *
 * <pre>
 *   {a="1"}   1 _ 3 _
 *   {a="1"}   _ 2 _ _    →   {a="1"}   1 2 3 _
 * </pre>
 *
 * Whether its name is to be removed is what its first sample says.
 */
final class SeriesMerge {
  private SeriesMerge() {}

  /** In the order of first appearance. */
  static List<SeriesSteps> merge(List<SeriesSteps> series) {
    if (series.size() < 2 || allDiffer(series)) {
      return series;
    }
    Map<Labels, SeriesSteps> merged = new LinkedHashMap<>();
    for (SeriesSteps each : series) {
      merged.merge(each.labels(), each, SeriesMerge::both);
    }
    return new ArrayList<>(merged.values());
  }

  private static boolean allDiffer(List<SeriesSteps> series) {
    Map<Labels, Boolean> seen = HashMap.newHashMap(series.size());
    for (SeriesSteps each : series) {
      if (seen.put(each.labels(), true) != null) {
        return false;
      }
    }
    return true;
  }

  private static SeriesSteps both(SeriesSteps a, SeriesSteps b) {
    @Nullable NativeHistogram[] histograms =
        a.histograms == null ? null : Arrays.copyOf(a.histograms, a.size());
    boolean dropName = b.first() < a.first() ? b.dropName() : a.dropName();
    SeriesSteps both = new SeriesSteps(a.labels(), dropName, a.values.clone(), histograms);
    for (int i = 0; i < b.size(); i++) {
      if (!b.present(i)) {
        continue;
      }
      if (both.present(i)) {
        throw duplicate();
      }
      NativeHistogram histogram = b.histogram(i);
      if (histogram == null) {
        both.values[i] = b.values[i];
      } else {
        both.set(i, histogram);
      }
    }
    return both;
  }

  static LookoutException duplicate() {
    return new LookoutException(
        ErrorCode.EXECUTION, "vector cannot contain metrics with the same labelset");
  }
}
