package io.lookout.query.promql.plan;

import io.lookout.query.promql.ast.MatrixSelector;
import io.lookout.query.promql.ast.SelectorMode;
import io.lookout.query.promql.ast.SubqueryExpr;

/** Where the windows of range functions come from. */
public sealed interface RangeSource {
  /** How long a window is, ms. */
  long range();

  TimeShift shift();

  /** Whether all steps see the same window. */
  boolean isFixed();

  /** How windows treat their edges. */
  SelectorMode mode();

  /**
   * Samples as they were stored.
   *
   * @param selection index into {@link Plan#selections}
   * @param statistics whether nobody looks at the buckets of histograms
   */
  record Stored(
      MatrixSelector syntax, int selection, long range, TimeShift shift, boolean statistics)
      implements RangeSource {
    @Override
    public boolean isFixed() {
      return shift.isFixed();
    }

    @Override
    public SelectorMode mode() {
      return syntax.selector().mode();
    }
  }

  /**
   * The results of an expression, evaluated at the multiples of a step.
   *
   * @param step ms
   */
  record Subquery(SubqueryExpr syntax, PlanNode node, long range, long step, TimeShift shift)
      implements RangeSource {
    @Override
    public boolean isFixed() {
      return shift.isFixed();
    }

    @Override
    public SelectorMode mode() {
      return SelectorMode.PLAIN;
    }
  }
}
