package io.lookout.query.promql.exec;

import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesText;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.text.NumberText;
import io.lookout.query.promql.ast.AggregateExpr;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code count_values}: how many series have each value, the value being a label of the result. */
final class CountValues {
  private final AggregateExpr syntax;
  private final String label;
  private final int steps;
  private final Set<String> names;
  private final Map<Labels, SeriesSteps> results = new LinkedHashMap<>();

  CountValues(AggregateExpr syntax, String label, int steps) {
    if (label.isEmpty() || !SeriesText.isUtf8(label)) {
      throw new LookoutException(ErrorCode.EXECUTION, "invalid label name " + quote(label));
    }
    this.syntax = syntax;
    this.label = label;
    this.steps = steps;
    names = new HashSet<>(syntax.grouping());
    if (syntax.without()) {
      names.addAll(Grouping.ALWAYS_LEFT_OUT);
    } else {
      names.add(label);
    }
  }

  List<SeriesSteps> of(List<SeriesSteps> series) {
    series.forEach(this::add);
    return new ArrayList<>(results.values());
  }

  private void add(SeriesSteps series) {
    Map<String, SeriesSteps> byValue = new LinkedHashMap<>();
    for (int i = 0; i < steps; i++) {
      if (!series.present(i)) {
        continue;
      }
      NativeHistogram histogram = series.histogram(i);
      String value = histogram == null ? NumberText.plain(series.values[i]) : histogram.toString();
      SeriesSteps result = byValue.computeIfAbsent(value, text -> result(series, text));
      result.values[i] = result.present(i) ? result.values[i] + 1 : 1;
    }
  }

  private SeriesSteps result(SeriesSteps series, String value) {
    Labels with = series.labels().toBuilder().set(label, value).build();
    Labels group = syntax.without() ? with.drop(names) : with.keep(names);
    return results.computeIfAbsent(group, labels -> SeriesSteps.absent(labels, false, steps));
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(c -> {
          if (c >= 0xDC80 && c <= 0xDCFF) {
            quoted.append("\\x").append(Integer.toHexString(c - 0xDC00));
          } else {
            quoted.appendCodePoint(c);
          }
        });
    return quoted.append('"').toString();
  }
}
