package io.lookout.query.promql.ast;

import io.lookout.model.Matcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Selects series.
 *
 * @param name the metric name where it stands before the braces; else empty
 * @param matchers all conditions, the one on the metric name included
 * @param offset how far back from the evaluation time; {@link DurationExpr.Literal#ZERO} where none
 *     is given
 */
public record VectorSelector(
    Position position,
    String name,
    List<Matcher> matchers,
    DurationExpr offset,
    @Nullable AtModifier at,
    SelectorMode mode)
    implements Expr {
  public VectorSelector {
    matchers = List.copyOf(matchers);
  }

  @Override
  public ValueType type() {
    return ValueType.VECTOR;
  }

  public VectorSelector withPosition(Position newPosition) {
    return new VectorSelector(newPosition, name, matchers, offset, at, mode);
  }

  public VectorSelector withOffset(DurationExpr newOffset) {
    return new VectorSelector(position, name, matchers, newOffset, at, mode);
  }

  public VectorSelector withAt(@Nullable AtModifier newAt) {
    return new VectorSelector(position, name, matchers, offset, newAt, mode);
  }

  public VectorSelector withMode(SelectorMode newMode) {
    return new VectorSelector(position, name, matchers, offset, at, newMode);
  }
}
