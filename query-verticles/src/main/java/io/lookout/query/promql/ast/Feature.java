package io.lookout.query.promql.ast;

import java.util.Optional;

/**
 * A part of the language that Prometheus hides behind a feature flag. Here it is there unless it is
 * switched off.
 */
public enum Feature {
  /** Functions and aggregations that are marked experimental. */
  EXPERIMENTAL_FUNCTIONS("promql-experimental-functions"),
  /** {@code x[5m * 2]}, {@code x[step()]}. */
  DURATION_EXPRESSIONS("promql-duration-expr"),
  /** {@code anchored} and {@code smoothed}. */
  EXTENDED_SELECTORS("promql-extended-range-selectors"),
  /** {@code fill}, {@code fill_left}, {@code fill_right}. */
  FILL_MODIFIERS("promql-binop-fill-modifiers"),
  /**
   * Metric names are removed at the end of an evaluation, not by the operation that changes them.
   */
  DELAYED_NAME_REMOVAL("promql-delayed-name-removal"),
  /** The label {@code __type__} says whether a series is a counter. */
  TYPE_AND_UNIT_LABELS("type-and-unit-labels"),
  /** Start timestamps of samples tell counter resets. */
  START_TIMESTAMPS("start-timestamps");

  private final String flag;

  Feature(String flag) {
    this.flag = flag;
  }

  /** As Prometheus's {@code --enable-feature} and the settings here name it. */
  public String flag() {
    return flag;
  }

  public static Optional<Feature> of(String flag) {
    for (Feature each : values()) {
      if (each.flag.equals(flag)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
