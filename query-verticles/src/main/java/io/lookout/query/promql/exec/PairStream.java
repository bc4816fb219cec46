package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.ast.BinaryExpr;
import io.lookout.query.promql.ast.VectorMatching;
import io.lookout.query.promql.ast.VectorMatching.Cardinality;
import io.lookout.query.promql.value.Annotations;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A binary operator between two vectors whose labels alone say who meets whom: no group has two
 * series on the "one" side, and no two pairs give the same labels. Pairs are computed when they are
 * asked for; what needs a look at the samples is left to {@link VectorMatch}.
 */
final class PairStream implements SeriesStream {
  private static final int NOBODY = -1;

  /**
   * Two series that meet, or one that meets {@link #NOBODY} and is computed for its annotations.
   *
   * @param many index into the left side in one-to-one matching, else into the "many" side
   */
  private record Pair(int many, int one, Labels labels) {}

  private final SeriesStream many;
  private final SeriesStream one;
  private final boolean oneIsLeft;
  private final List<Pair> pairs;
  private final SampleBinary operator;

  private PairStream(
      SeriesStream many,
      SeriesStream one,
      boolean oneIsLeft,
      List<Pair> pairs,
      SampleBinary operator) {
    this.many = many;
    this.one = one;
    this.oneIsLeft = oneIsLeft;
    this.pairs = pairs;
    this.operator = operator;
  }

  /**
   * Empty where labels do not decide.
   *
   * @param left computed already where it is a "one" side that many may meet
   * @param right the same
   */
  static Optional<SeriesStream> of(
      BinaryExpr syntax, SeriesStream left, SeriesStream right, Evaluation evaluation) {
    VectorMatching matching = Objects.requireNonNull(syntax.matching());
    if (matching.fillLeft() != null || matching.fillRight() != null) {
      return Optional.empty();
    }
    boolean oneIsLeft = matching.cardinality() == Cardinality.ONE_TO_MANY;
    SeriesStream many = oneIsLeft ? right : left;
    SeriesStream one = oneIsLeft ? left : right;
    return pairs(syntax, matching, many, one)
        .map(pairs -> stream(syntax, many, one, oneIsLeft, pairs, evaluation));
  }

  private static SeriesStream stream(
      BinaryExpr syntax,
      SeriesStream many,
      SeriesStream one,
      boolean oneIsLeft,
      List<Pair> pairs,
      Evaluation evaluation) {
    Annotations annotations = evaluation.annotations();
    return new PairStream(many, one, oneIsLeft, pairs, new SampleBinary(syntax, annotations));
  }

  private static Optional<List<Pair>> pairs(
      BinaryExpr syntax, VectorMatching matching, SeriesStream many, SeriesStream one) {
    boolean shared = matching.cardinality() != Cardinality.ONE_TO_ONE;
    MatchKeys keys = new MatchKeys(matching);
    Map<Labels, Integer> ones = new HashMap<>();
    for (int i = 0; i < one.size(); i++) {
      if (ones.put(keys.of(one.labels(i)), i) != null) {
        return Optional.empty();
      }
    }
    ResultLabels resultLabels = new ResultLabels(syntax, matching);
    Set<Labels> results = new HashSet<>();
    Set<Labels> met = new HashSet<>();
    BitSet alone = new BitSet();
    alone.set(0, one.size());
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < many.size(); i++) {
      Labels key = keys.of(many.labels(i));
      Integer partner = ones.get(key);
      if (partner == null) {
        addAlone(many, i, NOBODY, pairs);
        continue;
      }
      alone.clear(partner);
      Labels labels = resultLabels.of(many.labels(i), one.labels(partner));
      if ((!shared && !met.add(key)) || !results.add(labels)) {
        return Optional.empty();
      }
      pairs.add(new Pair(i, partner, labels));
    }
    alone.stream().forEach(i -> addAlone(one, NOBODY, i, pairs));
    return Optional.of(pairs);
  }

  /** What is computed already has been annotated, and stored samples have no annotations. */
  private static void addAlone(SeriesStream side, int many, int one, List<Pair> pairs) {
    if (!(side instanceof ListStream) && !(side instanceof InstantStream)) {
      pairs.add(new Pair(many, one, side.labels(Math.max(many, one))));
    }
  }

  @Override
  public int size() {
    return pairs.size();
  }

  @Override
  public Labels labels(int series) {
    return pairs.get(series).labels();
  }

  @Override
  public boolean dropName(int series) {
    return operator.dropsNameOfPair();
  }

  @Override
  public Cursor cursor() {
    Cursor manyCursor = many.cursor();
    Cursor oneCursor = one.cursor();
    SampleBinary own = operator.forAnotherThread();
    return series -> {
      Pair pair = pairs.get(series);
      SeriesSteps a = pair.many() == NOBODY ? null : manyCursor.get(pair.many());
      SeriesSteps b = pair.one() == NOBODY ? null : oneCursor.get(pair.one());
      return a == null || b == null ? null : apply(own, pair, a, b);
    };
  }

  private @Nullable SeriesSteps apply(
      SampleBinary own, Pair pair, SeriesSteps ofMany, SeriesSteps ofOne) {
    SeriesSteps left = oneIsLeft ? ofOne : ofMany;
    SeriesSteps right = oneIsLeft ? ofMany : ofOne;
    boolean drop = operator.dropsNameOfPair();
    SeriesSteps result = SeriesSteps.absent(pair.labels(), drop, left.size());
    boolean any = false;
    for (int i = 0; i < left.size(); i++) {
      if (!left.present(i) || !right.present(i)) {
        continue;
      }
      double value =
          own.apply(left.values[i], left.histogram(i), right.values[i], right.histogram(i), false);
      NativeHistogram histogram = own.takeHistogram();
      if (SeriesSteps.isAbsent(value)) {
        continue;
      }
      any = true;
      if (histogram == null) {
        result.values[i] = value;
      } else {
        result.set(i, histogram);
      }
    }
    return any ? result : null;
  }
}
