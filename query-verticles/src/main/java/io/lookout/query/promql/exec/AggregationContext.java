package io.lookout.query.promql.exec;

import io.lookout.query.promql.ast.AggregateExpr;
import io.lookout.query.promql.ast.AggregateOp;
import io.lookout.query.promql.ast.Expr;
import io.lookout.query.promql.value.AnnotationText;
import io.lookout.query.promql.value.Annotations;
import java.util.Objects;

/**
 * What the groups of an aggregation share.
 *
 * @param parameter a value a step; empty where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // Columns; never compared.
record AggregationContext(
    AggregateExpr syntax, Annotations annotations, int steps, double[] parameter) {
  /** Warns about the samples. */
  void warn(String message) {
    annotations.warn(message, syntax.expr().position(), syntax.position());
  }

  /** Informs about the samples. */
  void info(String message) {
    annotations.info(message, syntax.expr().position(), syntax.position());
  }

  /** Warns about the parameter. */
  void warnOfParameter(String message) {
    Expr expr = Objects.requireNonNull(syntax.parameter());
    annotations.warn(message, expr.position(), syntax.position());
  }

  /** Most aggregations are of floats alone. Those that pick series speak of the whole. */
  void histogramIgnored() {
    boolean picks = syntax.op() == AggregateOp.TOPK || syntax.op() == AggregateOp.BOTTOMK;
    annotations.info(
        AnnotationText.histogramIgnoredInAggregation(syntax.op().keyword()),
        picks ? syntax.position() : syntax.expr().position(),
        syntax.position());
  }
}
