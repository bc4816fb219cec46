package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.query.promql.ast.VectorMatching;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings the series of two vectors together that agree in the labels that matter.
 *
 * @param key the labels that they agree in
 */
record MatchGroups(Labels key, List<SeriesSteps> left, List<SeriesSteps> right) {
  /** Groups in the order of first appearance, left series before right ones. */
  static List<MatchGroups> of(
      VectorMatching matching, List<SeriesSteps> left, List<SeriesSteps> right) {
    Set<String> names = new HashSet<>(matching.labels());
    if (!matching.on()) {
      names.addAll(MetricSchema.LABELS);
    }
    Map<Labels, MatchGroups> groups = new LinkedHashMap<>();
    for (SeriesSteps series : left) {
      group(groups, key(matching, names, series)).left.add(series);
    }
    for (SeriesSteps series : right) {
      group(groups, key(matching, names, series)).right.add(series);
    }
    return List.copyOf(groups.values());
  }

  private static MatchGroups group(Map<Labels, MatchGroups> groups, Labels key) {
    return groups.computeIfAbsent(
        key, labels -> new MatchGroups(labels, new ArrayList<>(), new ArrayList<>()));
  }

  private static Labels key(VectorMatching matching, Set<String> names, SeriesSteps series) {
    return matching.on() ? series.labels().keep(names) : series.labels().drop(names);
  }
}
