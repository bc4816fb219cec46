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
        .sample("clamp", p -> clamp(p, p.parameter(0), p.parameter(1)))
        .sample("clamp_min", p -> clamp(p, p.parameter(0), Double.POSITIVE_INFINITY))
        .sample("clamp_max", p -> clamp(p, Double.NEGATIVE_INFINITY, p.parameter(0)));
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

  private static double clamp(Point point, double min, double max) {
    return point.histogram != null || max < min
        ? Point.ABSENT
        : larger(min, smaller(max, point.value));
  }

  /** An infinite limit goes before NaN, as in Go. */
  private static double larger(double a, double b) {
    boolean infinite = a == Double.POSITIVE_INFINITY || b == Double.POSITIVE_INFINITY;
    return infinite ? Double.POSITIVE_INFINITY : Math.max(a, b);
  }

  private static double smaller(double a, double b) {
    boolean infinite = a == Double.NEGATIVE_INFINITY || b == Double.NEGATIVE_INFINITY;
    return infinite ? Double.NEGATIVE_INFINITY : Math.min(a, b);
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
