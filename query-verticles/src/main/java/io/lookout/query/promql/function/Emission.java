package io.lookout.query.promql.function;

import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.value.SeriesSteps;
import org.jspecify.annotations.Nullable;

/**
 * Where a function of samples puts what it finds: a float is its return value, a histogram is left
 * here. One object a thread, used again for every step.
 */
public abstract sealed class Emission permits Window, Point {
  /** Returned for no result. */
  public static final double ABSENT = SeriesSteps.ABSENT;

  private static final double[] NONE = {};

  private final CallSite site;
  private double[] parameters = NONE;
  private @Nullable NativeHistogram result;

  Emission(CallSite site) {
    this.site = site;
  }

  /** Leaves a histogram as the result; return what this returns. */
  public final double histogram(NativeHistogram histogram) {
    result = histogram;
    return 0;
  }

  /** The histogram left since it was last taken. */
  public final @Nullable NativeHistogram takeHistogram() {
    NativeHistogram taken = result;
    result = null;
    return taken;
  }

  /** Where to warn, and what is known of the call. */
  public final CallSite site() {
    return site;
  }

  /** The scalar arguments at this step, in their order, the vector left out. */
  public final double parameter(int i) {
    return parameters[i];
  }

  /** The same where the argument may be left out. */
  public final double parameter(int i, double otherwise) {
    return i < parameters.length ? parameters[i] : otherwise;
  }

  public final void parameters(double[] values) {
    parameters = values;
  }
}
