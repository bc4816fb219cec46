package io.lookout.query.promql.text;

import io.lookout.model.text.NumberText;
import io.lookout.query.promql.ast.DurationExpr;
import io.lookout.query.promql.parse.Durations;

/** Durations as PromQL writes them. */
public final class DurationText {
  private DurationText() {}

  /** {@code 5m}, {@code -5m}, {@code step() * 2}. */
  public static String of(DurationExpr duration) {
    return switch (duration) {
      case DurationExpr.Literal d -> ofMillis(d.millis());
      case DurationExpr.Operand d ->
          d.duration() ? ofMillis(Math.round(d.value() * 1000)) : NumberText.plain(d.value());
      case DurationExpr.Step d -> "step()";
      case DurationExpr.Range d -> "range()";
      case DurationExpr.Min d -> "min(" + of(d.left()) + ", " + of(d.right()) + ")";
      case DurationExpr.Max d -> "max(" + of(d.left()) + ", " + of(d.right()) + ")";
      case DurationExpr.Paren d -> "(" + of(d.inner()) + ")";
      case DurationExpr.Signed d -> (d.negative() ? "-" : "") + of(d.inner());
      case DurationExpr.Arithmetic d -> of(d.left()) + " " + d.op().sign() + " " + of(d.right());
    };
  }

  /** A duration of any sign. */
  public static String ofMillis(long millis) {
    return millis < 0 ? "-" + Durations.format(-millis) : Durations.format(millis);
  }
}
