package io.lookout.query.promql.parse;

import static io.lookout.query.promql.ast.ValueType.MATRIX;
import static io.lookout.query.promql.ast.ValueType.SCALAR;
import static io.lookout.query.promql.ast.ValueType.STRING;
import static io.lookout.query.promql.ast.ValueType.VECTOR;
import static java.util.stream.Collectors.toMap;

import io.lookout.query.promql.ast.Extension;
import io.lookout.query.promql.ast.Feature;
import io.lookout.query.promql.ast.FunctionSignature;
import io.lookout.query.promql.ast.Language;
import io.lookout.query.promql.ast.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The functions of PromQL as of Prometheus 3.12, experimental ones included. */
public final class FunctionSignatures {
  private static final Map<String, FunctionSignature> ALL = new TreeMap<>();
  private static final Map<String, FunctionSignature> SOFALOOKOUT =
      Stream.of(
              extension("increase2", MATRIX),
              extension("sum2_over_time", MATRIX),
              extension("zhistogram_quantile", SCALAR, VECTOR))
          .collect(toMap(FunctionSignature::name, each -> each));

  static {
    for (String name :
        List.of(
            "abs",
            "absent",
            "acos",
            "acosh",
            "asin",
            "asinh",
            "atan",
            "atanh",
            "ceil",
            "cos",
            "cosh",
            "deg",
            "exp",
            "floor",
            "histogram_avg",
            "histogram_count",
            "histogram_sum",
            "histogram_stddev",
            "histogram_stdvar",
            "ln",
            "log10",
            "log2",
            "rad",
            "sgn",
            "sin",
            "sinh",
            "sort",
            "sort_desc",
            "sqrt",
            "tan",
            "tanh",
            "timestamp")) {
      vector(name, 0, VECTOR);
    }
    for (String name :
        List.of(
            "absent_over_time",
            "avg_over_time",
            "changes",
            "count_over_time",
            "delta",
            "deriv",
            "idelta",
            "increase",
            "irate",
            "last_over_time",
            "max_over_time",
            "min_over_time",
            "present_over_time",
            "rate",
            "resets",
            "stddev_over_time",
            "stdvar_over_time",
            "sum_over_time")) {
      vector(name, 0, MATRIX);
    }
    for (String name :
        List.of(
            "days_in_month",
            "day_of_month",
            "day_of_week",
            "day_of_year",
            "hour",
            "minute",
            "month",
            "year")) {
      vector(name, 1, VECTOR);
    }
    for (String name :
        List.of(
            "first_over_time",
            "mad_over_time",
            "ts_of_first_over_time",
            "ts_of_last_over_time",
            "ts_of_max_over_time",
            "ts_of_min_over_time")) {
      experimental(name, 0, VECTOR, MATRIX);
    }
    for (String name : List.of("start", "end", "step", "range")) {
      experimental(name, 0, SCALAR);
    }
    vector("clamp", 0, VECTOR, SCALAR, SCALAR);
    vector("clamp_max", 0, VECTOR, SCALAR);
    vector("clamp_min", 0, VECTOR, SCALAR);
    vector("histogram_fraction", 0, SCALAR, SCALAR, VECTOR);
    vector("histogram_quantile", 0, SCALAR, VECTOR);
    vector("label_join", -1, VECTOR, STRING, STRING, STRING);
    vector("label_replace", 0, VECTOR, STRING, STRING, STRING, STRING);
    vector("predict_linear", 0, MATRIX, SCALAR);
    vector("quantile_over_time", 0, SCALAR, MATRIX);
    vector("round", 1, VECTOR, SCALAR);
    vector("vector", 0, SCALAR);
    add("pi", 0, false, SCALAR);
    add("time", 0, false, SCALAR);
    add("scalar", 0, false, SCALAR, VECTOR);
    experimental("double_exponential_smoothing", 0, VECTOR, MATRIX, SCALAR, SCALAR);
    experimental("histogram_quantiles", 9, VECTOR, VECTOR, STRING, SCALAR, SCALAR);
    experimental("info", 1, VECTOR, VECTOR, VECTOR);
    experimental("sort_by_label", -1, VECTOR, VECTOR, STRING);
    experimental("sort_by_label_desc", -1, VECTOR, VECTOR, STRING);
  }

  private FunctionSignatures() {}

  private static void vector(String name, int variadic, ValueType... args) {
    add(name, variadic, false, VECTOR, args);
  }

  private static void experimental(
      String name, int variadic, ValueType returned, ValueType... args) {
    add(name, variadic, true, returned, args);
  }

  private static void add(
      String name, int variadic, boolean experimental, ValueType returned, ValueType... args) {
    ALL.put(name, new FunctionSignature(name, List.of(args), variadic, returned, experimental));
  }

  private static FunctionSignature extension(String name, ValueType... args) {
    return new FunctionSignature(name, List.of(args), 0, VECTOR, false);
  }

  /** The function of this name. */
  public static Optional<FunctionSignature> of(String name, Language language) {
    FunctionSignature found = ALL.get(name);
    return Optional.ofNullable(
        found == null && language.has(Extension.SOFALOOKOUT) ? SOFALOOKOUT.get(name) : found);
  }

  /** All that a language has, by name. */
  public static List<FunctionSignature> all(Language language) {
    Map<String, FunctionSignature> all = new TreeMap<>(ALL);
    if (language.has(Extension.SOFALOOKOUT)) {
      all.putAll(SOFALOOKOUT);
    }
    if (!language.has(Feature.EXPERIMENTAL_FUNCTIONS)) {
      all.values().removeIf(FunctionSignature::experimental);
    }
    return List.copyOf(all.values());
  }

  /** All of them, by name. */
  public static List<FunctionSignature> all() {
    return List.copyOf(ALL.values());
  }
}
