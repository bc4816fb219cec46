package io.lookout.query.promql.exec;

import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.ast.BinaryExpr;
import io.lookout.query.promql.ast.VectorMatching;
import io.lookout.query.promql.ast.VectorMatching.Cardinality;
import io.lookout.query.promql.value.Annotations;
import io.lookout.query.promql.value.LabelText;
import io.lookout.query.promql.value.SeriesSteps;
import io.lookout.query.promql.value.Steps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A binary operator between two vectors. Series are brought into groups by their labels once;
 * within a group it is decided step by step who meets whom, since a partner may be another series
 * at another step:
 *
 * <pre>
 *   many  {pod="a"}   1 2 3 4
 *   one   {node="x"}  9 9 _ _      a duplicate only where both have a sample
 *         {node="y"}  _ _ 8 8
 * </pre>
 */
final class VectorMatch {
  private final VectorMatching matching;
  private final boolean oneIsLeft;
  private final SampleBinary operator;
  private final ResultLabels labels;
  private final int steps;
  private final boolean mayRepeat;
  private List<SeriesSteps> allMany = List.of();
  private final Map<Labels, SeriesSteps> results = new LinkedHashMap<>();

  /** Those whose labels others have too. */
  private final List<SeriesSteps> repeated = new ArrayList<>();

  /** The steps at which a group has given a result, by its labels. */
  private final Map<Labels, boolean[]> matched = new HashMap<>();

  /**
   * @param mayRepeat whether several groups may give a result of the same labels
   */
  VectorMatch(BinaryExpr syntax, Annotations annotations, Steps steps, boolean mayRepeat) {
    this.matching = Objects.requireNonNull(syntax.matching());
    this.oneIsLeft = matching.cardinality() == Cardinality.ONE_TO_MANY;
    this.operator = new SampleBinary(syntax, annotations);
    this.labels = new ResultLabels(syntax, matching);
    this.steps = steps.count();
    this.mayRepeat = mayRepeat;
  }

  List<SeriesSteps> of(List<SeriesSteps> left, List<SeriesSteps> right) {
    allMany = oneIsLeft ? right : left;
    for (MatchGroups group : MatchGroups.of(matching, left, right)) {
      matched.clear();
      match(group);
    }
    List<SeriesSteps> present = new ArrayList<>(results.values());
    present.addAll(repeated);
    present.removeIf(SeriesSteps::isEmpty);
    return present;
  }

  /** As in Prometheus, {@code fill_left} is for the "many" side, also where that stands right. */
  private @Nullable Double fillMany() {
    return matching.fillLeft();
  }

  private @Nullable Double fillOne() {
    return matching.fillRight();
  }

  private void match(MatchGroups group) {
    List<SeriesSteps> many = oneIsLeft ? group.right() : group.left();
    List<SeriesSteps> one = oneIsLeft ? group.left() : group.right();
    checkOneSide(group, one);
    BitSet paired = new BitSet(steps);
    for (SeriesSteps series : many) {
      one.forEach(partner -> pair(group, series, partner, paired));
    }
    if (fillOne() != null) {
      SeriesSteps filled = constant(group.key(), fillOne(), present(one));
      many.forEach(series -> pair(group, series, filled, paired));
    }
    if (fillMany() != null) {
      // Where the samples on both sides did not fit together, the "one" side counts as alone.
      SeriesSteps filled = constant(group.key(), fillMany(), paired);
      one.forEach(partner -> pair(group, filled, partner, paired));
    }
  }

  /** A series that stands in at the steps that are not taken. */
  private SeriesSteps constant(Labels key, double value, BitSet taken) {
    double[] values = new double[steps];
    Arrays.fill(values, value);
    taken.stream().forEach(i -> values[i] = SeriesSteps.ABSENT);
    return new SeriesSteps(key, false, values, null);
  }

  /** The steps at which any of the series has a sample. */
  private BitSet present(List<SeriesSteps> series) {
    BitSet present = new BitSet(steps);
    for (SeriesSteps each : series) {
      for (int i = 0; i < steps; i++) {
        if (each.present(i)) {
          present.set(i);
        }
      }
    }
    return present;
  }

  /** The "one" side must be one at every step, unless there is nothing at all to match it with. */
  private void checkOneSide(MatchGroups group, List<SeriesSteps> one) {
    if (one.size() < 2) {
      return;
    }
    @Nullable SeriesSteps[] first = new SeriesSteps[steps];
    for (SeriesSteps series : one) {
      for (int i = 0; i < steps; i++) {
        if (!series.present(i)) {
          continue;
        }
        SeriesSteps other = first[i];
        if (other == null) {
          first[i] = series;
        } else if (fillMany() != null || fillOne() != null || anyMany(i)) {
          throw duplicateOne(group.key(), series, other);
        }
      }
    }
  }

  private boolean anyMany(int step) {
    return allMany.stream().anyMatch(series -> series.present(step));
  }

  private LookoutException duplicateOne(Labels key, SeriesSteps a, SeriesSteps b) {
    return new LookoutException(
        ErrorCode.EXECUTION,
        "found duplicate series for the match group "
            + LabelText.of(key)
            + " on the "
            + (oneIsLeft ? "left" : "right")
            + " hand-side of the operation: ["
            + LabelText.of(a.labels())
            + ", "
            + LabelText.of(b.labels())
            + "];many-to-many matching not allowed: matching labels must be unique on one side");
  }

  private void pair(MatchGroups group, SeriesSteps many, SeriesSteps one, BitSet paired) {
    Labels result = null;
    boolean[] seen = null;
    SeriesSteps out = null;
    for (int i = 0; i < steps; i++) {
      if (!many.present(i) || !one.present(i)) {
        continue;
      }
      if (result == null) {
        result = labels.of(many.labels(), one.labels());
        seen = seen(group, result);
      }
      double value = value(many, one, i);
      NativeHistogram histogram = operator.takeHistogram();
      if (operator.misfit()) {
        continue;
      }
      claim(Objects.requireNonNull(seen), i);
      paired.set(i);
      if (!SeriesSteps.isAbsent(value)) {
        out = out == null ? result(result) : out;
        put(out, i, value, histogram);
      }
    }
  }

  /** In one-to-one matching a group gives one result a step, whatever its labels. */
  private boolean[] seen(MatchGroups group, Labels result) {
    Labels claimed = matching.cardinality() == Cardinality.ONE_TO_ONE ? group.key() : result;
    return matched.computeIfAbsent(claimed, labels -> new boolean[steps]);
  }

  private void claim(boolean[] seen, int step) {
    if (seen[step]) {
      throw new LookoutException(
          ErrorCode.EXECUTION,
          matching.cardinality() == Cardinality.ONE_TO_ONE
              ? "multiple matches for labels: many-to-one matching must be explicit"
                  + " (group_left/group_right)"
              : "multiple matches for labels: grouping labels must ensure unique matches");
    }
    seen[step] = true;
  }

  private double value(SeriesSteps many, SeriesSteps one, int i) {
    SeriesSteps left = oneIsLeft ? one : many;
    SeriesSteps right = oneIsLeft ? many : one;
    return operator.apply(
        left.values[i], left.histogram(i), right.values[i], right.histogram(i), false);
  }

  private SeriesSteps result(Labels result) {
    SeriesSteps fresh = SeriesSteps.absent(result, operator.dropsNameOfPair(), steps);
    SeriesSteps before = results.putIfAbsent(result, fresh);
    if (before != null && mayRepeat) {
      repeated.add(fresh);
    }
    return before == null || mayRepeat ? fresh : before;
  }

  private static void put(
      SeriesSteps out, int i, double value, @Nullable NativeHistogram histogram) {
    if (out.present(i)) {
      throw SeriesMerge.duplicate();
    }
    if (histogram == null) {
      out.values[i] = value;
    } else {
      out.set(i, histogram);
    }
  }
}
