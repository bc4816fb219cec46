package io.lookout.query.promql.function;

import io.lookout.model.Labels;
import io.lookout.model.histogram.NativeHistogram;
import org.jspecify.annotations.Nullable;

/** One sample of one series at one step, as a {@link SampleFunction} sees it. */
public final class Point extends Emission {
  /** Of no meaning where there is a histogram. */
  public double value;

  public @Nullable NativeHistogram histogram;

  /** Of the step, ms. */
  public long time;

  public Labels labels = Labels.EMPTY;

  public Point(CallSite site) {
    super(site);
  }
}
