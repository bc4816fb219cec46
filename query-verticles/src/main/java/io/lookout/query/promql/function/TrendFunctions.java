package io.lookout.query.promql.function;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.text.NumberText;
import io.lookout.query.promql.value.AnnotationText;
import io.lookout.query.promql.value.KahanSum;
import java.util.Locale;

/** Where values are heading: by linear regression and by exponential smoothing. */
final class TrendFunctions {
  private TrendFunctions() {}

  static void register(Functions.Registry registry) {
    registry
        .range("deriv", fromTwo(TrendFunctions::deriv))
        .range("predict_linear", fromTwo(TrendFunctions::predict))
        .range("double_exponential_smoothing", TrendFunctions::smooth);
  }

  /** A function of at least two floats, which informs where histograms are left out. */
  private static RangeFunction fromTwo(RangeFunction function) {
    return window -> {
      if (window.floats() > 0 && window.histogramCount() > 0) {
        window.site().info(0, AnnotationText.histogramIgnoredInMixedRange(window.metricName()));
      }
      return window.floats() < 2 ? Window.ABSENT : function.apply(window);
    };
  }

  private static double deriv(Window window) {
    // Near the samples, so that their times keep their precision.
    return new Regression(window, window.times[window.lo]).slope;
  }

  private static double predict(Window window) {
    Regression line = new Regression(window, window.time);
    return line.slope * window.parameter(0) + line.intercept;
  }

  /** The line through the samples with the least squares. */
  private static final class Regression {
    double slope;
    double intercept;

    Regression(Window window, long interceptTime) {
      if (isConstant(window)) {
        double value = window.values[window.lo];
        slope = Double.isInfinite(value) ? Double.NaN : 0;
        intercept = Double.isInfinite(value) ? Double.NaN : value;
      } else {
        fit(window, interceptTime);
      }
    }

    private static boolean isConstant(Window window) {
      for (int i = window.lo + 1; i < window.hi; i++) {
        if (window.values[i] != window.values[window.lo]) {
          return false;
        }
      }
      return true;
    }

    private void fit(Window window, long interceptTime) {
      Total totalX = new Total();
      Total totalY = new Total();
      Total totalXy = new Total();
      Total totalX2 = new Total();
      for (int i = window.lo; i < window.hi; i++) {
        double x = (window.times[i] - interceptTime) / 1000.0;
        double y = window.values[i];
        totalX.add(x);
        totalY.add(y);
        totalXy.add(x * y);
        totalX2.add(x * x);
      }
      double n = window.floats();
      double x = totalX.get();
      double y = totalY.get();
      double covariance = totalXy.get() - x * y / n;
      double variance = totalX2.get() - x * x / n;
      slope = covariance / variance;
      intercept = y / n - slope * x / n;
    }
  }

  /** A compensated sum. */
  private static final class Total {
    private double sum;
    private double lost;

    void add(double value) {
      double next = sum + value;
      lost = KahanSum.lost(value, sum, next, lost);
      sum = next;
    }

    double get() {
      return KahanSum.total(sum, lost);
    }
  }

  private static double smooth(Window window) {
    double smoothing = factor(window.parameter(0), "smoothing");
    double trending = factor(window.parameter(1), "trend");
    return fromTwo(w -> smoothed(w, smoothing, trending)).apply(window);
  }

  private static double factor(double factor, String name) {
    if (factor <= 0 || factor >= 1) {
      String shown =
          Double.isInfinite(factor)
              ? NumberText.plain(factor)
              : String.format(Locale.ROOT, "%f", factor);
      throw new LookoutException(
          ErrorCode.EXECUTION,
          "invalid %s factor. Expected: 0 < %s < 1, got: %s"
              .formatted(name, name.equals("trend") ? "tf" : "sf", shown));
    }
    return factor;
  }

  private static double smoothed(Window window, double smoothing, double trending) {
    double[] values = window.values;
    double before = 0;
    double level = values[window.lo];
    double trend = values[window.lo + 1] - values[window.lo];
    for (int i = window.lo + 1; i < window.hi; i++) {
      if (i > window.lo + 1) {
        trend = trending * (level - before) + (1 - trending) * trend;
      }
      before = level;
      level = smoothing * values[i] + (1 - smoothing) * (level + trend);
    }
    return level;
  }
}
