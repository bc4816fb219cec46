package io.lookout.app.differential;

import io.lookout.query.promql.ast.AggregateOp;
import io.lookout.query.promql.ast.BinaryOp;
import io.lookout.query.promql.ast.FunctionSignature;
import io.lookout.query.promql.ast.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Writes PromQL at random over a {@link DataSet}: type-correct, every function, aggregation,
 * operator and modifier of a {@link Dialect}, arguments by their types.
 *
 * <p>What would be undecided is not written: {@code topk} over values that may be equal, and
 * comparisons, roundings, resets of computed values (a difference in the last bit would decide).
 */
final class ExpressionGenerator {
  private static final List<String> FLOATS =
      List.of(
          "diff_requests_total",
          "diff_latency_seconds_bucket",
          "diff_latency_seconds_count",
          "diff_pod_cpu",
          "diff_memory_bytes",
          "diff_up",
          "diff_info",
          "diff_special");
  private static final List<String> HISTOGRAMS =
      List.of("diff_native", "diff_native", "diff_custom", "diff_native_gauge", "diff_mixed_total");
  private static final List<String> LABELS =
      List.of("job", "instance", "code", "zone", "version", "le", "pod", "kind");
  private static final List<String> RANGES = List.of("1m", "2m", "5m", "10m", "37m", "1h");

  /**
   * Without a name, or with one at times; series that come and go, sorted; of one series, floats
   * and histograms in turn, or buckets that do not fit.
   */
  private static final List<String> MIXTURES =
      List.of(
          "sum by (instance) (diff_mixed_total)",
          "diff_mixed_total * 2",
          "(diff_up > 0) or -diff_up",
          "sort(diff_pod_cpu)",
          "max by (instance) (diff_up) or avg by (instance) (diff_native)",
          "diff_custom * 2 or on (job) diff_native * 2");

  private static final List<String> NUMBERS =
      List.of("0", "0.5", "0.9", "1", "2", "-3", "60", "3600", "1e6", "Inf", "NaN", "1.5");
  private static final List<String> MATCHERS =
      List.of(
          "job=\"api\"",
          "job!=\"db\"",
          "job=~\"api|web\"",
          "instance=~\".*-0:.+\"",
          "instance!~\"db.*\"",
          "code=\"\"",
          "code=~\"[45]..\"",
          "job=\"missing\"",
          "job=~\"(?i)API|D.?\"",
          "job=~\"([a-z]{1,3}){1,333}\"",
          "job=~\"([a-z]{2}){501}\"",
          "zone!=\"a\"");

  /** Their results jump, or rise without limit: over computed values, the last bit would decide. */
  private static final Set<String> JUMPING =
      Set.of(
          "acos",
          "acosh",
          "asin",
          "atanh",
          "ceil",
          "cosh",
          "exp",
          "floor",
          "round",
          "sgn",
          "sinh",
          "sqrt",
          "rate",
          "increase",
          "irate",
          "changes",
          "resets",
          "ts_of_max_over_time",
          "ts_of_min_over_time",
          "day_of_month",
          "day_of_week",
          "day_of_year",
          "days_in_month",
          "hour",
          "minute",
          "month",
          "year");

  private static final Map<String, List<String>> EXTENDED =
      Map.of(
          "rate", List.of("anchored", "smoothed"),
          "increase", List.of("anchored", "smoothed"),
          "delta", List.of("anchored", "smoothed"),
          "changes", List.of("anchored"),
          "resets", List.of("anchored"));

  private final SplittableRandom random;
  private final Dialect dialect;
  private final List<String> histograms;
  private final List<String> mixtures;

  ExpressionGenerator(long seed, Dialect dialect) {
    this.random = new SplittableRandom(seed);
    this.dialect = dialect;
    this.histograms = new ArrayList<>(HISTOGRAMS);
    this.mixtures = new ArrayList<>(MIXTURES);
    if (dialect.fill()) {
      // Before that, custom bounds that differ were not reconciled.
      histograms.add("diff_shifting");
      // Nor did a negative factor make a gauge.
      mixtures.add("-diff_mixed_total");
    }
  }

  String next() {
    return instant(3);
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private String metric() {
    return pick(chance(4) ? histograms : FLOATS);
  }

  /** An expression of type instant vector. */
  private String instant(int depth) {
    if (depth <= 0) {
      return chance(2) ? selected() : call(depth);
    }
    return switch (random.nextInt(14)) {
      case 0 -> selected();
      case 1, 2, 3, 4, 5 -> call(depth);
      case 6, 7, 8 -> aggregation(depth);
      case 9, 10 -> arithmetic(depth);
      case 11 -> comparison();
      case 12 -> setOperation(depth);
      default -> quantiles();
    };
  }

  private String selected() {
    return selector(metric()) + modifiers();
  }

  private String selector(String metric) {
    if (chance(12)) {
      return "{__name__=~\"diff_(up|info|native)\"}";
    }
    if (chance(3)) {
      return metric;
    }
    String matchers = pick(MATCHERS);
    return metric + "{" + (chance(4) ? matchers + "," + pick(MATCHERS) : matchers) + "}";
  }

  private String modifiers() {
    return switch (random.nextInt(12)) {
      case 0 -> " offset " + pick(RANGES);
      case 1 -> " offset -" + pick(RANGES);
      case 2 -> " @ " + (chance(2) ? "start()" : "end()");
      case 3 -> " @ end() offset " + pick(RANGES);
      default -> "";
    };
  }

  private String duration() {
    if (!dialect.durationArithmetic() || !chance(6)) {
      return pick(RANGES);
    }
    return pick(List.of("5m * 2", "1h / 6", "2m + 30", "(1m + 2m) * 2", "10m - 90s"));
  }

  /** An expression of type range vector; {@code computed} allows for subqueries. */
  private String range(int depth, boolean computed) {
    if (computed && chance(12)) {
      return "(" + pick(mixtures) + ")[" + pick(RANGES) + ":" + pick(RANGES) + "]" + modifiers();
    }
    if (computed && depth > 1 && chance(4)) {
      String step = chance(2) ? "" : "30s";
      return "(" + instant(depth - 2) + ")[" + pick(RANGES) + ":" + step + "]" + modifiers();
    }
    return selector(metric()) + "[" + duration() + "]" + modifiers();
  }

  /** The range that a function is given: at its edges too, where the function takes that. */
  private String range(int depth, boolean computed, String function) {
    List<String> modes = EXTENDED.getOrDefault(function, List.of());
    return dialect.extended() && !modes.isEmpty() && chance(4)
        ? selector(metric()) + "[" + duration() + "] " + pick(modes) + modifiers()
        : range(depth, computed);
  }

  private String call(int depth) {
    FunctionSignature function = pick(dialect.functions());
    String name = function.name();
    if (function.returnType() == ValueType.SCALAR) {
      return "vector(" + name + arguments(function, depth) + ")";
    }
    return switch (name) {
      case "label_replace" ->
          "label_replace(" + instant(depth - 1) + ", \"host\", \"$1\", \"instance\", \"(.*):.*\")";
      case "label_join" ->
          "label_join(" + instant(depth - 1) + ", \"both\", \"-\", \"job\", \"instance\")";
      case "sort_by_label", "sort_by_label_desc" -> name + "(" + selected() + ", \"instance\")";
      case "histogram_quantiles" -> name + "(" + selector(pick(histograms)) + ", \"q\", 0.5, 0.9)";
      case "info" -> "info(rate(diff_requests_total[5m]), {__name__=\"diff_info\"})";
      // Before there was fill, the offset was forgotten beside an @.
      case "timestamp" ->
          name + "(" + selector(metric()) + (dialect.fill() ? modifiers() : "") + ")";
      case "double_exponential_smoothing" -> name + "(" + range(depth, true) + ", 0.3, 0.6)";
      default -> name + arguments(function, depth);
    };
  }

  private String arguments(FunctionSignature function, int depth) {
    // Before there was fill, these gave a subquery's series names that had been removed.
    boolean named = function.name().matches("(first|last)_over_time") && !dialect.fill();
    boolean jumps = named || JUMPING.contains(function.name());
    List<String> arguments = new ArrayList<>();
    List<ValueType> types = function.argTypes();
    int given = function.variadic() == 1 && chance(2) ? types.size() - 1 : types.size();
    for (ValueType type : types.subList(0, given)) {
      arguments.add(
          switch (type) {
            case VECTOR -> jumps || depth <= 0 ? selected() : instant(depth - 1);
            case MATRIX -> range(depth, !jumps, function.name());
            case SCALAR -> chance(4) ? scalar(depth) : pick(NUMBERS);
            case STRING -> "\"a\"";
          });
    }
    return "(" + String.join(", ", arguments) + ")";
  }

  private String grouping() {
    return switch (random.nextInt(4)) {
      case 0 -> "";
      case 1 -> " by (" + pick(LABELS) + ")";
      case 2 -> " by (" + pick(LABELS) + ", " + pick(LABELS) + ")";
      default -> " without (" + pick(LABELS) + ")";
    };
  }

  private String aggregation(int depth) {
    AggregateOp op = pick(dialect.aggregations());
    String head = op.keyword() + grouping() + "(";
    return switch (op) {
      case TOPK, BOTTOMK -> head + random.nextInt(5) + ", diff_memory_bytes" + modifiers() + ")";
      case COUNT_VALUES ->
          head + "\"value\", " + pick(List.of("diff_up", "diff_special", "diff_native")) + ")";
      case LIMIT_RATIO -> head + pick(List.of("0.5", "-0.3", "0", "1.5")) + ", " + selected() + ")";
      case QUANTILE -> head + pick(NUMBERS) + ", " + instant(depth - 1) + ")";
      default -> head + instant(depth - 1) + ")";
    };
  }

  private String arithmetic(int depth) {
    BinaryOp any = pick(dialect.operators());
    boolean computes = !any.isSet() && !any.isComparison();
    boolean tame = computes && any != BinaryOp.MOD && any != BinaryOp.POW;
    String sign = computes ? any.sign() : "*";
    // Remainders and powers of computed values make much of a difference in the last bit.
    String operator = tame ? sign : "+";
    return switch (random.nextInt(7)) {
      case 0 -> "(" + instant(depth - 1) + ") " + operator + " " + scalar(depth);
      case 1 -> scalar(depth) + " " + operator + " (" + instant(depth - 1) + ")";
      case 2 -> "diff_memory_bytes " + sign + " on (job, instance) group_left (version) diff_info";
      case 3 ->
          "rate(diff_requests_total[5m]) "
              + operator
              + " ignoring (code) group_left "
              + "sum without (code) (rate(diff_requests_total[5m]))";
      case 4 -> selector("diff_native") + " " + sign + " " + selector(pick(histograms));
      case 5 ->
          "diff_up" + " " + sign + " on (job, instance)" + fill() + " diff_native" + modifiers();
      default ->
          "sum by (job) ("
              + instant(depth - 1)
              + ") "
              + operator
              + " on (job)"
              + fill()
              + " avg by (job) ("
              + instant(depth - 1)
              + ")";
    };
  }

  private String fill() {
    return dialect.fill() && chance(3) ? pick(List.of(" fill (0)", " fill_left (1)")) : "";
  }

  private String comparison() {
    List<BinaryOp> comparisons =
        dialect.operators().stream().filter(BinaryOp::isComparison).toList();
    String bool = chance(2) ? " bool" : "";
    String operator = " " + pick(comparisons).sign() + bool + " ";
    return switch (random.nextInt(7)) {
      case 0 -> pick(List.of("0", "1", "5e8", "NaN")) + operator + selected();
      // Computed, but exactly.
      case 4 -> "-" + selector(pick(FLOATS)) + operator + selected();
      case 5 -> "max_over_time(" + range(0, false) + ")" + operator + selected();
      case 6 ->
          "(diff_memory_bytes * 2)"
              + operator
              + "ignoring (instance) group_left max by (job, kind) (diff_memory_bytes)";
      case 1 -> "diff_memory_bytes" + operator + "on (job, instance) diff_up";
      case 2 -> "diff_native" + operator + "diff_native" + modifiers();
      default -> selected() + operator + pick(List.of("0", "1", "42", "5e8", "-1.5", "Inf"));
    };
  }

  private String setOperation(int depth) {
    List<BinaryOp> sets = dialect.operators().stream().filter(BinaryOp::isSet).toList();
    String matching =
        pick(
            List.of(
                "",
                " on (job)",
                " on (job, instance)",
                " on ()",
                " on (__name__, instance)",
                " ignoring (code, kind, le)"));
    return "("
        + instant(depth - 1)
        + ") "
        + pick(sets).sign()
        + matching
        + " ("
        + instant(depth - 1)
        + ")";
  }

  private String quantiles() {
    String window = "[" + duration() + "])";
    return switch (random.nextInt(3)) {
      case 0 ->
          "histogram_quantile("
              + pick(NUMBERS)
              + ", sum by (le, "
              + pick(List.of("job", "instance"))
              + ") (rate(diff_latency_seconds_bucket"
              + window
              + "))";
      case 1 ->
          "histogram_quantile("
              + pick(NUMBERS)
              + ", sum by (job) (rate("
              + pick(histograms)
              + window
              + "))";
      default ->
          "histogram_fraction("
              + pick(NUMBERS)
              + ", "
              + pick(NUMBERS)
              + ", rate("
              + pick(histograms)
              + window
              + ")";
    };
  }

  private String scalar(int depth) {
    return switch (random.nextInt(depth <= 0 ? 2 : 4)) {
      case 0 -> pick(NUMBERS);
      case 1 -> "time()";
      case 2 -> "scalar(sum(" + instant(depth - 1) + "))";
      default -> "scalar(" + instant(depth - 1) + ")";
    };
  }
}
