package io.lookout.query.promql.parse;

import io.lookout.query.promql.ast.AggregateOp;
import io.lookout.query.promql.ast.BinaryOp;
import io.lookout.query.promql.ast.FunctionSignature;
import io.lookout.query.promql.ast.Language;
import io.lookout.query.promql.ast.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Well-typed expressions from the grammar of PromQL, as text, made from a seed. */
final class RandomExpressions {
  private static final String[] NAMES = {"foo", "a:b", "sum", "offset", "by", "start", "fill"};
  private static final String[] LABELS = {"job", "le", "on", "\"a.b\"", "'ü'"};
  // Not Inf: it prints as +Inf, and the sign binds less than a power, in Prometheus too.
  private static final String[] NUMBERS = {
    "1", "0.5", "1e9", "0x1f", "NaN", "5m", "1_000", ".25", "1h30m"
  };
  private static final String[] STRINGS = {
    "\"\"", "'x'", "`\\d+`", "\"a\\n\\xff\\u00e4\"", "\"é\""
  };

  private static final List<AggregateOp> AGGREGATIONS = List.of(AggregateOp.values());
  private static final List<BinaryOp> OPERATORS = List.of(BinaryOp.values());

  private final SplittableRandom random;

  RandomExpressions(long seed) {
    random = new SplittableRandom(seed);
  }

  String next() {
    return of(ValueType.VECTOR, 5);
  }

  private String pick(String... options) {
    return options[random.nextInt(options.length)];
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private String of(ValueType type, int depth) {
    return switch (type) {
      case STRING -> pick(STRINGS);
      case SCALAR -> scalar(depth);
      case VECTOR -> vector(depth);
      case MATRIX -> matrix(depth);
    };
  }

  private String scalar(int depth) {
    if (depth <= 0 || chance(2)) {
      return (chance(4) ? pick("-", "+") : "") + pick(NUMBERS);
    }
    return switch (random.nextInt(4)) {
      case 0 -> "(" + scalar(depth - 1) + ")";
      case 1 ->
          scalar(depth - 1) + pick(" + ", "-", "*", " ^ ", "%", " atan2 ") + scalar(depth - 1);
      case 2 -> scalar(depth - 1) + pick(" == bool ", ">= bool ") + scalar(depth - 1);
      default -> call(ValueType.SCALAR, depth);
    };
  }

  private String vector(int depth) {
    if (depth <= 0 || chance(4)) {
      return selector() + mode() + modifiers(depth);
    }
    return switch (random.nextInt(6)) {
      case 0 -> "(" + vector(depth - 1) + ")";
      case 1 -> pick("-", "+") + vector(depth - 1);
      case 2 -> aggregation(depth);
      case 3 -> binary(depth);
      case 4 -> vector(depth - 1) + pick(" + ", " > bool ", " </ ", "*") + scalar(depth - 1);
      default -> call(ValueType.VECTOR, depth);
    };
  }

  private String matrix(int depth) {
    if (depth <= 0 || chance(2)) {
      return selector() + "[" + duration(2) + "]" + mode() + modifiers(depth);
    }
    String step = chance(2) ? "" : duration(2);
    return "(" + vector(depth - 1) + ")[" + duration(2) + ":" + step + "]" + modifiers(depth);
  }

  private String mode() {
    return chance(8) ? pick(" anchored", " smoothed") : "";
  }

  private String modifiers(int depth) {
    String offset = chance(4) ? " offset " + offset(depth) : "";
    String at = chance(4) ? " @ " + pick("1.5", "start()", "end()", "-10", "5m") : "";
    return chance(2) ? offset + at : at + offset;
  }

  private String offset(int depth) {
    // Without a minus, operators after the parenthesis would belong to the duration too.
    return chance(3) ? "-(" + duration(depth) + " + 1)" : pick("5m", "-3", "step()");
  }

  private String duration(int depth) {
    if (depth <= 0 || chance(2)) {
      return pick("5m", "300", "1h30m", "0.5", "step()", "range()");
    }
    return switch (random.nextInt(4)) {
      case 0 -> "(" + duration(depth - 1) + ")";
      case 1 -> pick("min", "MAX") + "(" + duration(depth - 1) + "," + duration(depth - 1) + ")";
      default -> duration(depth - 1) + pick("+", " - ", "*", "/", "%", "^") + duration(depth - 1);
    };
  }

  private String selector() {
    return switch (random.nextInt(3)) {
      case 0 -> pick(NAMES);
      case 1 -> pick(NAMES) + "{" + matchers() + "}";
      default -> "{" + pick("\"a.b\"", "__name__='foo'", "job=~'x.+'") + "," + matchers() + "}";
    };
  }

  private String matchers() {
    List<String> matchers = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      matchers.add(pick(LABELS) + pick("=", "!=", "=~", " !~ ") + pick("''", "'a|b'", "`.*x`"));
    }
    return String.join(pick(",", " , "), matchers);
  }

  private String labels() {
    List<String> labels = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      labels.add(pick(LABELS));
    }
    return "(" + String.join(",", labels) + ")";
  }

  private String aggregation(int depth) {
    AggregateOp op = AGGREGATIONS.get(random.nextInt(AGGREGATIONS.size()));
    String parameter =
        !op.hasParameter()
            ? ""
            : (op == AggregateOp.COUNT_VALUES ? pick(STRINGS) : scalar(depth - 1)) + ", ";
    String grouping = chance(2) ? "" : pick(" by ", " without ") + labels();
    String args = "(" + parameter + vector(depth - 1) + ")";
    return chance(2) ? op.keyword() + grouping + args : op.keyword() + args + grouping;
  }

  private String binary(int depth) {
    BinaryOp op = OPERATORS.get(random.nextInt(OPERATORS.size()));
    StringBuilder modifiers = new StringBuilder(" ").append(op.sign());
    if (op.isComparison() && chance(2)) {
      modifiers.append(" bool");
    }
    if (chance(2)) {
      modifiers.append(" ignoring ").append(labels());
      if (!op.isSet() && chance(2)) {
        modifiers.append(pick(" group_left ", " group_right ")).append(labels());
      }
    }
    if (!op.isSet() && chance(3)) {
      modifiers.append(pick(" fill(0)", " fill_left(-1)", " fill_right(1) fill_left(NaN)"));
    }
    return operand(depth) + modifiers + " " + operand(depth);
  }

  /** Binds stronger than any operator. */
  private String operand(int depth) {
    return chance(2) ? selector() : "(" + vector(depth - 1) + ")";
  }

  private String call(ValueType returned, int depth) {
    List<FunctionSignature> fitting =
        FunctionSignatures.all(Language.PROMQL).stream()
            .filter(f -> f.returnType() == returned)
            .toList();
    FunctionSignature function = fitting.get(random.nextInt(fitting.size()));
    if (function.name().equals("info")) {
      return "info(" + vector(depth - 1) + ", {" + matchers() + "})";
    }
    List<String> args = new ArrayList<>();
    for (ValueType type : function.argTypes()) {
      args.add(of(type, depth - 1));
    }
    if (function.variadic() == 1 && chance(2)) {
      args.remove(args.size() - 1);
    }
    return function.name() + "(" + String.join(",", args) + ")";
  }
}
