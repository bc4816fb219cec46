package io.lookout.app.differential;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes PromQL at random over a {@link DataSet}: type-correct, of the language that every release
 * since 2.40 has.
 *
 * <p>What would be undecided is not written: {@code topk} over values that may be equal,
 * comparisons between computed values (a difference in the last bit would decide whether a sample
 * is there).
 */
final class ExpressionGenerator {
  private static final List<String> COUNTERS =
      List.of(
          "diff_requests_total",
          "diff_latency_seconds_bucket",
          "diff_latency_seconds_count",
          "diff_pod_cpu");
  private static final List<String> GAUGES =
      List.of("diff_memory_bytes", "diff_up", "diff_info", "diff_special");
  private static final List<String> COUNTER_FUNCTIONS =
      List.of("rate", "increase", "irate", "resets", "changes");
  private static final List<String> GAUGE_FUNCTIONS =
      List.of(
          "avg_over_time",
          "min_over_time",
          "max_over_time",
          "sum_over_time",
          "count_over_time",
          "last_over_time",
          "present_over_time",
          "stddev_over_time",
          "stdvar_over_time",
          "delta",
          "idelta",
          "deriv",
          "changes");
  private static final List<String> MAPS =
      List.of(
          "abs",
          "ceil",
          "floor",
          "sqrt",
          "sgn",
          "exp",
          "ln",
          "log2",
          "log10",
          "timestamp",
          "round",
          "atan",
          "deg");
  private static final List<String> AGGREGATIONS =
      List.of("sum", "avg", "min", "max", "count", "group", "stddev", "stdvar");
  private static final List<String> LABELS =
      List.of("job", "instance", "code", "zone", "version", "le", "pod", "kind");
  private static final List<String> RANGES = List.of("1m", "2m", "5m", "10m", "37m", "1h");
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
          "zone!=\"a\"");

  private final SplittableRandom random;

  ExpressionGenerator(long seed) {
    random = new SplittableRandom(seed);
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

  /** An expression of type instant vector. */
  private String instant(int depth) {
    return switch (random.nextInt(depth <= 0 ? 3 : 13)) {
      case 0 -> selector(pick(chance(2) ? COUNTERS : GAUGES)) + modifiers();
      case 1 -> overRange(depth);
      case 2 -> overRange(depth);
      case 3, 4, 5 -> aggregation(depth);
      case 6 -> pick(MAPS) + "(" + instant(depth - 1) + ")";
      case 7, 8 -> arithmetic(depth);
      case 9 -> comparison();
      case 10 -> setOperation(depth);
      case 11 -> special(depth);
      default -> labelled(depth);
    };
  }

  private String selector(String metric) {
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

  private String overRange(int depth) {
    if (depth > 1 && chance(6)) {
      String step = chance(2) ? "" : "30s";
      return pick(GAUGE_FUNCTIONS)
          + "(("
          + instant(depth - 2)
          + ")["
          + pick(RANGES)
          + ":"
          + step
          + "]"
          + modifiers()
          + ")";
    }
    boolean counter = chance(2);
    String range =
        selector(pick(counter ? COUNTERS : GAUGES)) + "[" + pick(RANGES) + "]" + modifiers();
    return switch (random.nextInt(10)) {
      case 0 ->
          "quantile_over_time("
              + pick(List.of("0", "0.5", "0.9", "1", "-1", "2"))
              + ", "
              + range
              + ")";
      case 1 -> "predict_linear(" + range + ", " + pick(List.of("60", "3600", "-300")) + ")";
      case 2 -> "absent_over_time(" + range + ")";
      default -> pick(counter ? COUNTER_FUNCTIONS : GAUGE_FUNCTIONS) + "(" + range + ")";
    };
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
    return switch (random.nextInt(8)) {
      case 0 ->
          pick(List.of("topk", "bottomk"))
              + grouping()
              + "("
              + (1 + random.nextInt(4))
              + ", diff_memory_bytes"
              + modifiers()
              + ")";
      case 1 ->
          "quantile"
              + grouping()
              + "("
              + pick(List.of("0.1", "0.5", "0.99", "1"))
              + ", "
              + instant(depth - 1)
              + ")";
      case 2 ->
          "count_values"
              + grouping()
              + "(\"value\", "
              + pick(List.of("diff_up", "diff_info", "diff_special"))
              + ")";
      default -> pick(AGGREGATIONS) + grouping() + "(" + instant(depth - 1) + ")";
    };
  }

  private String arithmetic(int depth) {
    String any = pick(List.of("+", "-", "*", "/", "%", "^", "atan2"));
    // Remainders and powers of computed values make much of a difference in the last bit.
    String operator = any.equals("%") ? "*" : any.equals("^") ? "/" : any;
    return switch (random.nextInt(5)) {
      case 0 -> "(" + instant(depth - 1) + ") " + operator + " " + scalar(depth);
      case 1 -> scalar(depth) + " " + operator + " (" + instant(depth - 1) + ")";
      case 2 -> "diff_memory_bytes " + any + " on (job, instance) group_left (version) diff_info";
      case 3 ->
          "rate(diff_requests_total[5m]) "
              + operator
              + " ignoring (code) group_left "
              + "sum without (code) (rate(diff_requests_total[5m]))";
      default ->
          "sum by (job) ("
              + instant(depth - 1)
              + ") "
              + operator
              + " on (job) avg by (job) ("
              + instant(depth - 1)
              + ")";
    };
  }

  private String comparison() {
    String operator = pick(List.of("==", "!=", ">", "<", ">=", "<="));
    String bool = chance(2) ? " bool" : "";
    return selector(pick(GAUGES))
        + " "
        + operator
        + bool
        + " "
        + pick(List.of("0", "1", "42", "5e8", "-1.5", "Inf"));
  }

  private String setOperation(int depth) {
    String matching =
        pick(List.of("", " on (job)", " on (job, instance)", " ignoring (code, kind, le)"));
    return "("
        + instant(depth - 1)
        + ") "
        + pick(List.of("and", "or", "unless"))
        + matching
        + " ("
        + instant(depth - 1)
        + ")";
  }

  private String special(int depth) {
    return switch (random.nextInt(5)) {
      case 0, 1 ->
          "histogram_quantile("
              + pick(List.of("0.5", "0.9", "0.99", "0", "1.5"))
              + ", sum by (le, "
              + pick(List.of("job", "instance"))
              + ") (rate(diff_latency_seconds_bucket["
              + pick(RANGES)
              + "])))";
      case 2 -> "absent(" + selector(pick(GAUGES)) + ")";
      case 3 -> "clamp(" + instant(depth - 1) + ", -10, 1000)";
      default ->
          pick(List.of("hour", "minute", "day_of_week", "days_in_month", "month"))
              + "(timestamp("
              + selector(pick(GAUGES))
              + "))";
    };
  }

  private String labelled(int depth) {
    return chance(2)
        ? "label_replace(" + instant(depth - 1) + ", \"host\", \"$1\", \"instance\", \"(.*):.*\")"
        : "label_join(" + instant(depth - 1) + ", \"both\", \"-\", \"job\", \"instance\")";
  }

  private String scalar(int depth) {
    return switch (random.nextInt(depth <= 0 ? 2 : 4)) {
      case 0 -> pick(List.of("2", "0.5", "-3", "1e6", "0"));
      case 1 -> "time()";
      case 2 -> "scalar(sum(" + instant(depth - 1) + "))";
      default -> "scalar(" + instant(depth - 1) + ")";
    };
  }
}
