package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.query.promql.ast.Feature;
import io.lookout.query.promql.ast.SelectorMode;
import io.lookout.query.promql.ast.VectorMatching;
import io.lookout.query.promql.ast.VectorMatching.Cardinality;
import io.lookout.query.promql.function.RangeFunction;
import io.lookout.query.promql.function.SampleFunction;
import io.lookout.query.promql.function.TimeFunction;
import io.lookout.query.promql.function.VectorFunction;
import io.lookout.query.promql.plan.PlanNode;
import io.lookout.query.promql.plan.PlanNode.ScalarNode;
import io.lookout.query.promql.plan.PlanNode.VectorNode;
import io.lookout.query.promql.plan.RangeSource;
import io.lookout.query.promql.plan.TimeShift;
import io.lookout.query.promql.value.ScalarOps;
import io.lookout.query.promql.value.SeriesSteps;
import io.lookout.query.promql.value.Steps;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns plan nodes into operators, inputs first. */
final class Evaluator {
  /** Functions that make one series of those that come to have the same labels, or refuse. */
  private static final Set<String> RELABELLING = Set.of("label_replace", "label_join", "info");

  private final Evaluation evaluation;
  private final boolean ordered;

  Evaluator(Evaluation evaluation) {
    this(evaluation, true);
  }

  private Evaluator(Evaluation evaluation, boolean ordered) {
    this.evaluation = evaluation;
    this.ordered = ordered;
  }

  /** Gives series in the order of their labels where they come straight from storage. */
  Evaluator inOrder() {
    return ordered ? this : new Evaluator(evaluation, true);
  }

  /**
   * Saves sorting the series of selectors. Operators that make a difference of the order ask for it
   * again.
   */
  Evaluator inAnyOrder() {
    return ordered ? new Evaluator(evaluation, false) : this;
  }

  static SeriesSteps unlabelled(double[] values) {
    return new SeriesSteps(Labels.EMPTY, false, values, null);
  }

  /** The series of a vector node. */
  SeriesStream vector(VectorNode node, Steps steps) {
    Profile profile = evaluation.profile();
    return profile == null
        ? operator(node, steps)
        : profile.vector(node, () -> operator(node, steps));
  }

  private SeriesStream operator(VectorNode node, Steps steps) {
    SeriesStream stream = computed(node, steps);
    return evaluation.query().language().has(Feature.DELAYED_NAME_REMOVAL)
        ? stream
        : NamelessStream.of(stream, evaluation);
  }

  private SeriesStream computed(VectorNode node, Steps steps) {
    return switch (node) {
      case PlanNode.InstantSelect select -> instant(select, steps, false);
      case PlanNode.SampleTimes(var select) -> sampleTimes(select, steps);
      case PlanNode.ToVector(var scalar) ->
          new ListStream(List.of(unlabelled(scalar(scalar, steps))));
      case PlanNode.RangeCall call -> rangeCall(call, steps);
      case PlanNode.SampleCall call -> sampleCall(call, steps);
      case PlanNode.WholeCall call -> inOrder().wholeCall(call, steps);
      case PlanNode.NegateVector(var inner) -> new NegateStream(vector(inner, steps));
      case PlanNode.VectorScalar binary -> vectorScalar(binary, steps);
      case PlanNode.VectorBinary binary -> inOrder().vectorBinary(binary, steps);
      case PlanNode.Aggregate aggregate -> new Aggregation(this, evaluation).of(aggregate, steps);
      case PlanNode.InvariantVector(var inner) ->
          steps.count() == 1
              ? vector(inner, steps.first())
              : new RepeatStream(vector(inner, steps.first()), steps.count());
    };
  }

  /** The values of a scalar node, one a step. */
  double[] scalar(ScalarNode node, Steps steps) {
    Profile profile = evaluation.profile();
    return profile == null ? values(node, steps) : profile.scalar(node, () -> values(node, steps));
  }

  private double[] values(ScalarNode node, Steps steps) {
    return switch (node) {
      case PlanNode.Constant(double value) -> repeat(value, steps);
      case PlanNode.TimeCall call -> times((TimeFunction) call.function().function(), steps);
      case PlanNode.NegateScalar(var inner) -> negate(scalar(inner, steps));
      case PlanNode.ScalarBinary binary -> scalarBinary(binary, steps);
      case PlanNode.ToScalar(var inner) ->
          SingleValues.of(Materializer.all(vector(inner, steps), evaluation), steps);
      case PlanNode.InvariantScalar(var inner) -> repeat(scalar(inner, steps.first())[0], steps);
    };
  }

  /** The samples of a range vector as a result. */
  QueryResult.Samples samples(PlanNode.Matrix node, Steps steps) {
    Profile profile = evaluation.profile();
    return profile == null ? matrix(node, steps) : profile.samples(node, () -> matrix(node, steps));
  }

  private QueryResult.Samples matrix(PlanNode.Matrix node, Steps steps) {
    return MatrixResult.of(node.source(), ranges(node, node.source(), steps), steps);
  }

  /** The samples for windows of a node at these steps. */
  private RangeStream ranges(PlanNode node, RangeSource source, Steps steps) {
    TimeShift shift = source.shift();
    long first = shift.apply(steps.start());
    long last = shift.apply(steps.at(steps.count() - 1));
    return switch (source) {
      case RangeSource.Stored stored -> {
        long lookback = evaluation.query().lookback();
        long before =
            switch (stored.mode()) {
              case PLAIN -> stored.range();
              case ANCHORED, SMOOTHED -> stored.range() + lookback;
            };
        long after =
            switch (stored.mode()) {
              case PLAIN, ANCHORED -> 0;
              case SMOOTHED -> lookback;
            };
        yield new StoredRanges(
            selected(node, stored.selection(), stored.statistics()),
            first - before + 1,
            last + after,
            evaluation.budget());
      }
      case RangeSource.Subquery subquery -> subquery(subquery, first, last);
    };
  }

  /** Steps of a subquery are the multiples of its step, after the start of the first window. */
  private RangeStream subquery(RangeSource.Subquery subquery, long first, long last) {
    long step = subquery.step();
    long start = (Math.floorDiv(first - subquery.range(), step) + 1) * step;
    if (start > last || !(subquery.node() instanceof VectorNode || isScalar(subquery))) {
      return new SubqueryRanges(
          new ListStream(List.of()), Steps.instant(first), evaluation.budget());
    }
    Steps inner = new Steps(start, last, step);
    SeriesStream stream =
        switch (subquery.node()) {
          case VectorNode vector -> vector(vector, inner);
          case ScalarNode scalar -> new ListStream(List.of(unlabelled(scalar(scalar, inner))));
          case PlanNode.Matrix ignored -> new ListStream(List.of());
          case PlanNode.Text ignored -> new ListStream(List.of());
        };
    return new SubqueryRanges(stream, inner, evaluation.budget());
  }

  private static boolean isScalar(RangeSource.Subquery subquery) {
    return subquery.node() instanceof ScalarNode;
  }

  private SeriesSet selected(PlanNode node, int selection, boolean statistics) {
    SeriesSet set = evaluation.selected(selection, ordered);
    SeriesSet hinted = statistics ? new ResetHints(set) : set;
    Profile profile = evaluation.profile();
    return profile == null ? hinted : profile.selected(node, hinted);
  }

  private SeriesStream sampleTimes(PlanNode.InstantSelect select, Steps steps) {
    Profile profile = evaluation.profile();
    return profile == null
        ? instant(select, steps, true)
        : profile.vector(select, () -> instant(select, steps, true));
  }

  private SeriesStream instant(PlanNode.InstantSelect select, Steps steps, boolean times) {
    InstantStream.Lookup lookup =
        new InstantStream.Lookup(steps, select.shift(), evaluation.query().lookback(), times);
    SeriesSet set = selected(select, select.selection(), select.statistics());
    if (select.syntax().mode() == SelectorMode.SMOOTHED && !times) {
      long last = lookup.maxTime() + lookup.lookback();
      RangeStream ranges = new StoredRanges(set, lookup.minTime(), last, evaluation.budget());
      return new SmoothedStream(ranges, lookup, select.syntax(), evaluation.annotations());
    }
    return new InstantStream(set, lookup, evaluation.budget());
  }

  private SeriesStream rangeCall(PlanNode.RangeCall call, Steps steps) {
    RangeCallStream.Windows windows =
        new RangeCallStream.Windows(
            evaluation.site(call.syntax()),
            call.source(),
            steps,
            evaluation.query().lookback(),
            parameters(call.parameters(), steps));
    return new RangeCallStream(
        ranges(call, call.source(), steps),
        (RangeFunction) call.function().function(),
        call.function().keepsName(),
        windows,
        evaluation.budget());
  }

  private SeriesStream sampleCall(PlanNode.SampleCall call, Steps steps) {
    return new SampleCallStream(
        vector(call.vector(), steps),
        (SampleFunction) call.function().function(),
        evaluation.site(call.syntax()),
        steps,
        parameters(call.parameters(), steps));
  }

  private SeriesStream wholeCall(PlanNode.WholeCall call, Steps steps) {
    Arguments arguments = new Arguments(this, evaluation, call, steps);
    VectorFunction function = (VectorFunction) call.function().function();
    List<SeriesSteps> results = function.apply(arguments);
    boolean repeats = mayRepeat(steps) && !RELABELLING.contains(call.function().name());
    return new ListStream(repeats ? results : SeriesMerge.merge(results));
  }

  /**
   * Whether there may be several samples of the same labels: at a single time, as far as it is not
   * the result. They are the same but for a name that has been removed or was to be.
   */
  private boolean mayRepeat(Steps steps) {
    return steps.start() == steps.end()
        && evaluation.query().language().has(Feature.DELAYED_NAME_REMOVAL);
  }

  private SeriesStream vectorScalar(PlanNode.VectorScalar binary, Steps steps) {
    return new VectorScalarStream(
        vector(binary.vector(), steps),
        scalar(binary.scalar(), steps),
        binary.scalarIsLeft(),
        new SampleBinary(binary.syntax(), evaluation.annotations()));
  }

  private SeriesStream vectorBinary(PlanNode.VectorBinary binary, Steps steps) {
    VectorMatching matching = binary.syntax().matching();
    Cardinality cardinality = matching == null ? Cardinality.ONE_TO_ONE : matching.cardinality();
    SeriesStream left = side(binary.left(), steps, cardinality == Cardinality.ONE_TO_MANY);
    SeriesStream right = side(binary.right(), steps, cardinality == Cardinality.MANY_TO_ONE);
    boolean isSet = binary.syntax().op().isSet();
    Optional<SeriesStream> pairs =
        isSet ? Optional.empty() : PairStream.of(binary.syntax(), left, right, evaluation);
    return pairs.orElseGet(() -> matched(binary, left, right, steps));
  }

  /** A "one" side that many may meet is computed at once, not once for each of them. */
  private SeriesStream side(VectorNode node, Steps steps, boolean shared) {
    SeriesStream stream = vector(node, steps);
    return shared ? new ListStream(Materializer.all(stream, evaluation)) : stream;
  }

  private SeriesStream matched(
      PlanNode.VectorBinary binary, SeriesStream left, SeriesStream right, Steps steps) {
    List<SeriesSteps> lefts = Materializer.all(left, evaluation);
    List<SeriesSteps> rights = Materializer.all(right, evaluation);
    return new ListStream(
        binary.syntax().op().isSet()
            ? SetOperation.of(binary.syntax(), lefts, rights, steps, mayRepeat(steps))
            : new VectorMatch(binary.syntax(), evaluation.annotations(), steps, mayRepeat(steps))
                .of(lefts, rights));
  }

  double[][] parameters(List<ScalarNode> nodes, Steps steps) {
    return nodes.stream().map(node -> scalar(node, steps)).toArray(double[][]::new);
  }

  private double[] scalarBinary(PlanNode.ScalarBinary binary, Steps steps) {
    double[] left = scalar(binary.left(), steps);
    double[] right = scalar(binary.right(), steps);
    ScalarOps.Op op = ScalarOps.of(binary.syntax().op());
    double[] result = new double[left.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = op.apply(left[i], right[i]);
    }
    return result;
  }

  private static double[] repeat(double value, Steps steps) {
    double[] values = new double[steps.count()];
    Arrays.fill(values, value);
    return values;
  }

  private static double[] times(TimeFunction function, Steps steps) {
    double[] values = new double[steps.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = function.apply(steps.at(i));
    }
    return values;
  }

  private static double[] negate(double[] values) {
    double[] negated = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      negated[i] = -values[i];
    }
    return negated;
  }
}
