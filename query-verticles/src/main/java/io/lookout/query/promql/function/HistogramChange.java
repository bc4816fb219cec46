package io.lookout.query.promql.function;

/** {@code rate} and its like over native histograms. */
final class HistogramChange {
  private HistogramChange() {}

  static double of(Window window, boolean counter, boolean perSecond) {
    return Window.ABSENT;
  }

  static double ofLastTwo(Window window, boolean counter) {
    return Window.ABSENT;
  }
}
