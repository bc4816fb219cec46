package io.lookout.query.select;

import io.lookout.model.bus.HeadResult;
import io.lookout.model.bus.HeadResult.Count;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongBinaryOperator;

/** What the heads of two nodes hold together. */
final class HeadMerge {
  private static final Comparator<Count> LARGEST_FIRST =
      Comparator.comparingLong(Count::count).reversed().thenComparing(Count::name);

  private HeadMerge() {}

  static HeadResult of(HeadResult a, HeadResult b, int limit) {
    return new HeadResult(
        a.series() + b.series(),
        a.chunks() + b.chunks(),
        Math.max(a.labelPairs(), b.labelPairs()),
        Math.min(a.minTime(), b.minTime()),
        Math.max(a.maxTime(), b.maxTime()),
        counts(a.seriesByMetric(), b.seriesByMetric(), Long::sum, limit),
        counts(a.valuesByLabel(), b.valuesByLabel(), Math::max, limit),
        counts(a.bytesByLabel(), b.bytesByLabel(), Long::sum, limit),
        counts(a.seriesByPair(), b.seriesByPair(), Long::sum, limit));
  }

  private static List<Count> counts(
      List<Count> a, List<Count> b, LongBinaryOperator merge, int limit) {
    Map<String, Count> byName = new HashMap<>();
    for (List<Count> counts : List.of(a, b)) {
      for (Count each : counts) {
        byName.merge(
            each.name(),
            each,
            (x, y) -> new Count(x.name(), merge.applyAsLong(x.count(), y.count())));
      }
    }
    return byName.values().stream().sorted(LARGEST_FIRST).limit(limit).toList();
  }
}
