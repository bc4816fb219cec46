package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The last step of every evaluation: metric names that were to be removed are. */
final class FinalSeries {
  private FinalSeries() {}

  /** Results as they are shown; in the order of their labels unless theirs means something. */
  static List<SeriesSteps> of(List<SeriesSteps> series, boolean ordered) {
    List<SeriesSteps> named = new ArrayList<>(series.size());
    for (SeriesSteps each : series) {
      if (!each.isEmpty()) {
        named.add(each.dropName() ? each.with(MetricSchema.drop(each.labels()), false) : each);
      }
    }
    List<SeriesSteps> merged = SeriesMerge.merge(named);
    return ordered ? merged : sorted(merged);
  }

  static List<SeriesSteps> sorted(List<SeriesSteps> series) {
    return series.stream().sorted(Comparator.comparing(SeriesSteps::labels, Labels.ORDER)).toList();
  }
}
