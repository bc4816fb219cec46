package io.lookout.query.promql.exec;

import io.lookout.model.histogram.HistogramArithmetic;
import io.lookout.model.histogram.HistogramArithmetic.Combined;
import io.lookout.model.histogram.HistogramEquality;
import io.lookout.model.histogram.HistogramLayout;
import io.lookout.model.histogram.HistogramTrim;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.query.promql.ast.BinaryExpr;
import io.lookout.query.promql.ast.BinaryOp;
import io.lookout.query.promql.value.AnnotationText;
import io.lookout.query.promql.value.Annotations;
import io.lookout.query.promql.value.ScalarOps;
import io.lookout.query.promql.value.SeriesSteps;
import org.jspecify.annotations.Nullable;

/**
 * What a binary operator makes of two samples, floats or histograms. A comparison keeps the left
 * one (or the right one, where that is the vector of the two), or with {@code bool} says 0 or 1.
 *
 * <p>One object a thread: a resulting histogram is left in it.
 */
final class SampleBinary {
  private final BinaryExpr syntax;
  private final Annotations annotations;
  private final ScalarOps.Op op;
  private final boolean comparison;
  private @Nullable NativeHistogram result;
  private boolean misfit;

  SampleBinary(BinaryExpr syntax, Annotations annotations) {
    this.syntax = syntax;
    this.annotations = annotations;
    this.op = ScalarOps.of(syntax.op());
    this.comparison = syntax.op().isComparison();
  }

  SampleBinary forAnotherThread() {
    return new SampleBinary(syntax, annotations);
  }

  /** Whether results do not measure what the samples did. */
  boolean dropsName() {
    return !(comparison || syntax.op().isTrim()) || syntax.returnBool();
  }

  /**
   * The same of a result of two vectors. As in Prometheus, arithmetic takes the name away at once,
   * and a name that was to go comes back where samples are compared.
   */
  boolean dropsNameOfPair() {
    return syntax.returnBool();
  }

  /** The histogram that {@link #apply} left, taken away; null where the result is a float. */
  @Nullable NativeHistogram takeHistogram() {
    NativeHistogram taken = result;
    result = null;
    return taken;
  }

  /** Whether the operator was not defined for the samples that {@link #apply} was given last. */
  boolean misfit() {
    return misfit;
  }

  /** The float result, 0 where a histogram was left, {@link SeriesSteps#ABSENT} for none. */
  double apply(
      double left,
      @Nullable NativeHistogram leftHistogram,
      double right,
      @Nullable NativeHistogram rightHistogram,
      boolean keepRight) {
    misfit = false;
    if (leftHistogram == null && rightHistogram == null) {
      return floats(left, right, keepRight);
    }
    if (leftHistogram != null && rightHistogram != null) {
      return histograms(leftHistogram, rightHistogram);
    }
    return leftHistogram == null
        ? floatHistogram(left, rightHistogram)
        : histogramFloat(leftHistogram, right);
  }

  private double floats(double left, double right, boolean keepRight) {
    if (syntax.op().isTrim()) {
      return incompatible("float", "float");
    }
    double value = op.apply(left, right);
    if (!comparison || syntax.returnBool()) {
      return value;
    }
    return value == 0 ? SeriesSteps.ABSENT : keepRight ? right : left;
  }

  private double floatHistogram(double left, @Nullable NativeHistogram right) {
    if (right != null && syntax.op() == BinaryOp.MUL) {
      return leave(HistogramLayout.compact(HistogramArithmetic.multiply(right, left)));
    }
    return incompatible("float", "histogram");
  }

  private double histogramFloat(NativeHistogram left, double right) {
    return switch (syntax.op()) {
      case MUL -> leave(HistogramLayout.compact(HistogramArithmetic.multiply(left, right)));
      case DIV -> leave(HistogramLayout.compact(HistogramArithmetic.divide(left, right)));
      case TRIM_UPPER -> leave(HistogramTrim.below(left, right));
      case TRIM_LOWER -> leave(HistogramTrim.above(left, right));
      case ADD,
          SUB,
          MOD,
          POW,
          ATAN2,
          EQUAL,
          NOT_EQUAL,
          GREATER,
          LESS,
          GREATER_OR_EQUAL,
          LESS_OR_EQUAL,
          AND,
          OR,
          UNLESS ->
          incompatible("histogram", "float");
    };
  }

  private double histograms(NativeHistogram left, NativeHistogram right) {
    return switch (syntax.op()) {
      case ADD, SUB -> combine(left, right, syntax.op() == BinaryOp.SUB);
      case EQUAL -> compare(left, HistogramEquality.sameContent(left, right));
      case NOT_EQUAL -> compare(left, !HistogramEquality.sameContent(left, right));
      case MUL,
          DIV,
          MOD,
          POW,
          ATAN2,
          GREATER,
          LESS,
          GREATER_OR_EQUAL,
          LESS_OR_EQUAL,
          AND,
          OR,
          UNLESS,
          TRIM_UPPER,
          TRIM_LOWER ->
          incompatible("histogram", "histogram");
    };
  }

  private double combine(NativeHistogram left, NativeHistogram right, boolean subtract) {
    if (!HistogramArithmetic.compatible(left, right)) {
      misfit = true;
      annotations.warn(
          AnnotationText.incompatibleBucketLayoutInBinaryOp(syntax.op().sign()), syntax.position());
      return SeriesSteps.ABSENT;
    }
    Combined combined =
        subtract ? HistogramArithmetic.subtract(left, right) : HistogramArithmetic.add(left, right);
    String operation = subtract ? "subtraction" : "addition";
    if (combined.resetsConflict()) {
      // As in Prometheus, there is a warning instead of a result.
      misfit = true;
      annotations.warn(AnnotationText.counterResetCollision(operation), syntax.position());
      return SeriesSteps.ABSENT;
    }
    if (combined.boundsReconciled()) {
      annotations.info(AnnotationText.mismatchedCustomBuckets(operation), syntax.position());
    }
    NativeHistogram histogram = combined.histogram();
    return leave(subtract ? histogram.with(CounterReset.GAUGE) : histogram);
  }

  private double compare(NativeHistogram left, boolean holds) {
    if (syntax.returnBool()) {
      return holds ? 1 : 0;
    }
    return holds ? leave(left) : SeriesSteps.ABSENT;
  }

  private double leave(NativeHistogram histogram) {
    result = histogram;
    return 0;
  }

  private double incompatible(String left, String right) {
    misfit = true;
    annotations.info(
        AnnotationText.incompatibleTypesInBinaryOp(left, syntax.op().sign(), right),
        syntax.position());
    return SeriesSteps.ABSENT;
  }
}
