package io.lookout.query.promql.function;

import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.query.promql.ast.Expr;
import io.lookout.query.promql.ast.MatrixSelector;
import io.lookout.query.promql.ast.ParenExpr;
import io.lookout.query.promql.ast.VectorSelector;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code absent} and {@code absent_over_time}: 1 where there is nothing. */
final class AbsenceFunctions {
  private AbsenceFunctions() {}

  static void register(Functions.Registry registry) {
    registry
        .vector("absent", AbsenceFunctions::absent)
        .vector("absent_over_time", AbsenceFunctions::absent);
  }

  private static List<SeriesSteps> absent(VectorCall call) {
    SeriesSteps result =
        SeriesSteps.absent(
            labels(call.site().call().args().getFirst()),
            call.site().function().equals("absent_over_time"),
            call.steps().count());
    List<SeriesSteps> vector = call.vector(0);
    for (int step = 0; step < result.size(); step++) {
      boolean present = false;
      for (int i = 0; i < vector.size() && !present; i++) {
        present = vector.get(i).present(step);
      }
      if (!present) {
        result.values[step] = 1;
      }
    }
    return List.of(result);
  }

  /** What a selector fixes by equality, once. */
  private static Labels labels(Expr expr) {
    return switch (expr) {
      case ParenExpr paren -> labels(paren.expr());
      case VectorSelector selector -> labels(selector.matchers());
      case MatrixSelector selector -> labels(selector.selector().matchers());
      default -> Labels.EMPTY;
    };
  }

  private static Labels labels(List<Matcher> matchers) {
    Labels.Builder labels = new Labels.Builder();
    Set<String> seen = new HashSet<>();
    for (Matcher matcher : matchers) {
      if (matcher.name().equals(Label.METRIC_NAME)) {
        continue;
      }
      if (matcher.type() == Matcher.Type.EQUAL && seen.add(matcher.name())) {
        labels.set(matcher.name(), matcher.value());
      } else {
        labels.remove(matcher.name());
      }
    }
    return labels.build();
  }
}
