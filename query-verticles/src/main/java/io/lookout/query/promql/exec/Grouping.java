package io.lookout.query.promql.exec;

import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.query.promql.ast.AggregateExpr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which group each series of a stream belongs to.
 *
 * @param groupOf index into {@code labels} by series
 * @param labels of the groups, in the order of first appearance
 */
@SuppressWarnings("ArrayRecordComponent") // A column; never compared.
record Grouping(int[] groupOf, List<Labels> labels) {
  /** {@code without} leaves out the metric name too. */
  static final Set<String> ALWAYS_LEFT_OUT = Set.of(Label.METRIC_NAME);

  static Grouping of(AggregateExpr syntax, SeriesStream stream) {
    int[] groupOf = new int[stream.size()];
    if (!syntax.without() && syntax.grouping().isEmpty()) {
      return new Grouping(groupOf, List.of(Labels.EMPTY));
    }
    Set<String> names = new HashSet<>(syntax.grouping());
    if (syntax.without()) {
      names.addAll(ALWAYS_LEFT_OUT);
    }
    Map<Labels, Integer> indices = new HashMap<>();
    List<Labels> labels = new ArrayList<>();
    for (int i = 0; i < groupOf.length; i++) {
      Labels all = stream.labels(i);
      Labels group = syntax.without() ? all.drop(names) : all.keep(names);
      Integer index = indices.putIfAbsent(group, labels.size());
      if (index == null) {
        groupOf[i] = labels.size();
        labels.add(group);
      } else {
        groupOf[i] = index;
      }
    }
    return new Grouping(groupOf, labels);
  }
}
