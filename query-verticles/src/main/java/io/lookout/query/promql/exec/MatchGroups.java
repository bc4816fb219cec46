package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.query.promql.ast.VectorMatching;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings the series of two vectors together that agree in the labels that matter.
 *
 * @param key the labels that they agree in
 */
record MatchGroups(Labels key, List<SeriesSteps> left, List<SeriesSteps> right) {
  /** Groups in the order of first appearance, left series before right ones. */
  static List<MatchGroups> of(
      VectorMatching matching, List<SeriesSteps> left, List<SeriesSteps> right) {
    MatchKeys keys = new MatchKeys(matching);
    Map<Labels, MatchGroups> groups = new LinkedHashMap<>();
    for (SeriesSteps series : left) {
      group(groups, keys.of(series.labels())).left.add(series);
    }
    for (SeriesSteps series : right) {
      group(groups, keys.of(series.labels())).right.add(series);
    }
    return List.copyOf(groups.values());
  }

  private static MatchGroups group(Map<Labels, MatchGroups> groups, Labels key) {
    return groups.computeIfAbsent(
        key, labels -> new MatchGroups(labels, new ArrayList<>(), new ArrayList<>()));
  }
}
