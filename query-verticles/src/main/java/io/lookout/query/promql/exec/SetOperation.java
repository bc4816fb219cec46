package io.lookout.query.promql.exec;

import io.lookout.query.promql.ast.BinaryExpr;
import io.lookout.query.promql.ast.BinaryOp;
import io.lookout.query.promql.ast.VectorMatching;
import io.lookout.query.promql.ast.VectorMatching.Cardinality;
import io.lookout.query.promql.value.SeriesSteps;
import io.lookout.query.promql.value.Steps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * {@code and}, {@code or}, {@code unless}: step by step, samples stay or go by whether the other
 * side has one with the same labels.
 */
final class SetOperation {
  private static final VectorMatching ALL_LABELS =
      new VectorMatching(Cardinality.MANY_TO_MANY, List.of(), false, List.of(), null, null);

  private SetOperation() {}

  static List<SeriesSteps> of(
      BinaryExpr syntax,
      List<SeriesSteps> left,
      List<SeriesSteps> right,
      Steps steps,
      boolean mayRepeat) {
    VectorMatching matching = syntax.matching();
    List<MatchGroups> groups =
        MatchGroups.of(matching == null ? ALL_LABELS : matching, left, right);
    int count = steps.count();
    List<SeriesSteps> fromLeft = new ArrayList<>();
    List<SeriesSteps> fromRight = new ArrayList<>();
    for (MatchGroups group : groups) {
      if (syntax.op() == BinaryOp.OR) {
        fromLeft.addAll(group.left());
        BitSet taken = present(group.left(), count);
        group.right().forEach(series -> fromRight.add(masked(series, taken, false)));
      } else {
        BitSet other = present(group.right(), count);
        boolean keep = syntax.op() == BinaryOp.AND;
        group.left().forEach(series -> fromLeft.add(masked(series, other, keep)));
      }
    }
    fromLeft.addAll(fromRight);
    fromLeft.removeIf(SeriesSteps::isEmpty);
    return mayRepeat ? fromLeft : SeriesMerge.merge(fromLeft);
  }

  /** The steps at which any of the series has a sample. */
  private static BitSet present(List<SeriesSteps> series, int count) {
    BitSet present = new BitSet(count);
    for (SeriesSteps each : series) {
      for (int i = 0; i < count; i++) {
        if (each.present(i)) {
          present.set(i);
        }
      }
    }
    return present;
  }

  /** Only the samples at steps that are in the mask, or those that are not. */
  private static SeriesSteps masked(SeriesSteps series, BitSet mask, boolean keep) {
    SeriesSteps result =
        new SeriesSteps(
            series.labels(),
            series.dropName(),
            series.values.clone(),
            series.histograms == null ? null : Arrays.copyOf(series.histograms, series.size()));
    for (int i = 0; i < series.size(); i++) {
      if (mask.get(i) != keep) {
        result.values[i] = SeriesSteps.ABSENT;
        if (result.histograms != null) {
          result.histograms[i] = null;
        }
      }
    }
    return result;
  }
}
