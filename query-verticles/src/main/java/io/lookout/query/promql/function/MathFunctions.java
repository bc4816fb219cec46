package io.lookout.query.promql.function;

import java.util.function.DoubleUnaryOperator;

/** Functions of one number: rounding, powers and logarithms, angles. Histograms have no result. */
final class MathFunctions {
  private static final double LN2 = Math.log(2);

  private MathFunctions() {}

  static void register(Functions.Registry registry) {
    registry
        .sample("abs", of(Math::abs))
        .sample("ceil", of(Math::ceil))
        .sample("floor", of(Math::floor))
        .sample("exp", of(Math::exp))
        .sample("sqrt", of(Math::sqrt))
        .sample("ln", of(Math::log))
        .sample("log2", of(MathFunctions::log2))
        .sample("log10", of(Math::log10))
        .sample("sgn", of(Math::signum))
        .sample("round", MathFunctions::round)
        .sample("clamp", MathFunctions::clamp)
        .sample("clamp_min", floats(p -> Math.max(p.parameter(0), p.value)))
        .sample("clamp_max", floats(p -> Math.min(p.parameter(0), p.value)));
    angles(registry);
  }

  private static void angles(Functions.Registry registry) {
    registry
        .sample("sin", of(Math::sin))
        .sample("cos", of(Math::cos))
        .sample("tan", of(Math::tan))
        .sample("asin", of(Math::asin))
        .sample("acos", of(Math::acos))
        .sample("atan", of(Math::atan))
        .sample("sinh", of(Math::sinh))
        .sample("cosh", of(Math::cosh))
        .sample("tanh", of(Math::tanh))
        .sample("asinh", of(MathFunctions::asinh))
        .sample("acosh", of(MathFunctions::acosh))
        .sample("atanh", of(MathFunctions::atanh))
        .sample("deg", of(v -> v * 180 / Math.PI))
        .sample("rad", of(v -> v * Math.PI / 180));
  }

  private static SampleFunction of(DoubleUnaryOperator operator) {
    return floats(point -> operator.applyAsDouble(point.value));
  }

  /** A function that leaves histograms out. */
  static SampleFunction floats(SampleFunction function) {
    return point -> point.histogram == null ? function.apply(point) : Point.ABSENT;
  }

  private static double log2(double value) {
    int exponent = Math.getExponent(value);
    boolean power = value > 0 && exponent < 1024 && value == Math.scalb(1.0, exponent);
    return power ? exponent : Math.log(value) / LN2;
  }

  /** To the nearest multiple; halves go up. */
  private static double round(Point point) {
    if (point.histogram != null) {
      return Point.ABSENT;
    }
    double inverse = 1 / point.parameter(0, 1);
    return Math.floor(point.value * inverse + 0.5) / inverse;
  }

  private static double clamp(Point point) {
    double min = point.parameter(0);
    double max = point.parameter(1);
    return point.histogram != null || max < min
        ? Point.ABSENT
        : Math.max(min, Math.min(max, point.value));
  }

  private static double asinh(double value) {
    if (!Double.isFinite(value) || value == 0) {
      return value;
    }
    double x = Math.abs(value);
    double result =
        x > 0x1p28 ? Math.log(x) + LN2 : Math.log1p(x + x * x / (1 + Math.sqrt(x * x + 1)));
    return Math.copySign(result, value);
  }

  private static double acosh(double x) {
    if (x < 1) {
      return Double.NaN;
    }
    double t = x - 1;
    return x > 0x1p28 ? Math.log(x) + LN2 : Math.log1p(t + Math.sqrt(2 * t + t * t));
  }

  private static double atanh(double x) {
    return 0.5 * Math.log1p(2 * x / (1 - x));
  }
}
