package io.lookout.query.promql.exec;

import io.lookout.query.promql.ast.AggregateExpr;
import io.lookout.query.promql.ast.AggregateOp;
import io.lookout.query.promql.ast.Feature;
import io.lookout.query.promql.plan.PlanNode;
import io.lookout.query.promql.plan.PlanNode.ScalarNode;
import io.lookout.query.promql.plan.RangeSource;
import io.lookout.query.promql.value.SeriesSteps;
import io.lookout.query.promql.value.Steps;
import java.util.List;
import java.util.function.Supplier;

/** Aggregations: groups of series folded into one each, or some series picked from each. */
record Aggregation(Evaluator evaluator, Evaluation evaluation) {
  private static final double[] NONE = {};

  SeriesStream of(PlanNode.Aggregate node, Steps steps) {
    AggregateExpr syntax = node.syntax();
    SeriesStream input = inputs(node).vector(node.vector(), steps);
    if (node.parameter() instanceof PlanNode.Text(String label)) {
      List<SeriesSteps> series = Materializer.all(input, evaluation);
      return new ListStream(new CountValues(syntax, label, steps.count()).of(series));
    }
    double[] parameter =
        node.parameter() instanceof ScalarNode scalar ? evaluator.scalar(scalar, steps) : NONE;
    AggregationContext context =
        new AggregationContext(syntax, evaluation.annotations(), steps.count(), parameter);
    if (syntax.op() == AggregateOp.LIMIT_RATIO) {
      return new LimitRatioStream(input, Parameters.ratios(context));
    }
    check(context);
    Grouping grouping = Grouping.of(syntax, input);
    evaluation.budget().keepFloats((long) grouping.labels().size() * steps.count());
    return new ListStream(new GroupFold(input, grouping, maker(context)).run(evaluation.workers()));
  }

  /** Where series are picked, ties go to the first; where they are folded, no order is better. */
  private Evaluator inputs(PlanNode.Aggregate node) {
    return switch (node.syntax().op()) {
      case TOPK, BOTTOMK -> ranked(node);
      case LIMITK, LIMIT_RATIO, COUNT_VALUES -> evaluator.inOrder();
      case SUM, AVG, COUNT, MIN, MAX, GROUP, STDDEV, STDVAR, QUANTILE -> evaluator.inAnyOrder();
    };
  }

  /**
   * Ties are broken by labels. Where series still have those by which they would be sorted, and
   * there are no groups whose order counts, sorting all for the sake of a few is spared.
   */
  private Evaluator ranked(PlanNode.Aggregate node) {
    boolean named = evaluation.query().language().has(Feature.DELAYED_NAME_REMOVAL);
    boolean grouped = node.syntax().without() || !node.syntax().grouping().isEmpty();
    return named && !grouped && keepsStoredLabels(node.vector())
        ? evaluator.inAnyOrder()
        : evaluator.inOrder();
  }

  /** Whether series come from storage, one by one and without other labels. */
  private static boolean keepsStoredLabels(PlanNode.VectorNode node) {
    return switch (node) {
      case PlanNode.InstantSelect ignored -> true;
      case PlanNode.RangeCall call -> call.source() instanceof RangeSource.Stored;
      case PlanNode.SampleCall call -> keepsStoredLabels(call.vector());
      case PlanNode.NegateVector(var inner) -> keepsStoredLabels(inner);
      case PlanNode.VectorScalar binary -> keepsStoredLabels(binary.vector());
      case PlanNode.InvariantVector(var inner) -> keepsStoredLabels(inner);
      case PlanNode.SampleTimes ignored -> false;
      case PlanNode.ToVector ignored -> false;
      case PlanNode.WholeCall ignored -> false;
      case PlanNode.VectorBinary ignored -> false;
      case PlanNode.Aggregate ignored -> false;
    };
  }

  private static void check(AggregationContext context) {
    switch (context.syntax().op()) {
      case TOPK, BOTTOMK, LIMITK -> Parameters.checkCounts(context.parameter());
      case QUANTILE -> Parameters.checkQuantiles(context);
      case SUM, AVG, COUNT, MIN, MAX, GROUP, STDDEV, STDVAR, COUNT_VALUES, LIMIT_RATIO -> {}
    }
  }

  private static Supplier<Accumulator> maker(AggregationContext context) {
    return switch (context.syntax().op()) {
      case SUM -> () -> new SumAccumulator(context);
      case AVG -> () -> new MeanAccumulator(context);
      case COUNT -> () -> new CountAccumulator(context, false);
      case GROUP -> () -> new CountAccumulator(context, true);
      case MIN -> () -> new ExtremeAccumulator(context, false);
      case MAX -> () -> new ExtremeAccumulator(context, true);
      case STDDEV -> () -> new VarianceAccumulator(context, true);
      case STDVAR -> () -> new VarianceAccumulator(context, false);
      case QUANTILE -> () -> new QuantileAccumulator(context);
      case TOPK -> () -> new TopAccumulator(context, true);
      case BOTTOMK -> () -> new TopAccumulator(context, false);
      case LIMITK -> () -> new LimitAccumulator(context);
      case COUNT_VALUES, LIMIT_RATIO ->
          throw new IllegalStateException(context.syntax().op() + " is not folded");
    };
  }
}
