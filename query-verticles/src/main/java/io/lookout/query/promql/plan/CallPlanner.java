package io.lookout.query.promql.plan;

import io.lookout.model.ErrorCode;
import io.lookout.model.Label;
import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.query.promql.ast.Call;
import io.lookout.query.promql.ast.Expr;
import io.lookout.query.promql.ast.ParenExpr;
import io.lookout.query.promql.ast.SelectorMode;
import io.lookout.query.promql.ast.ValueType;
import io.lookout.query.promql.ast.VectorSelector;
import io.lookout.query.promql.function.Function;
import io.lookout.query.promql.function.FunctionEntry;
import io.lookout.query.promql.function.Functions;
import io.lookout.query.promql.function.RangeFunction;
import io.lookout.query.promql.function.SampleFunction;
import io.lookout.query.promql.function.TimeFunction;
import io.lookout.query.promql.function.VectorFunction;
import io.lookout.query.promql.plan.PlanNode.ScalarNode;
import io.lookout.query.promql.plan.PlanNode.VectorNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Plans calls: a node for each kind of function, and the few functions that are nodes themselves.
 */
final class CallPlanner {
  private static final Set<String> ANCHORED =
      Set.of("changes", "delta", "increase", "rate", "resets");
  private static final Set<String> SMOOTHED = Set.of("delta", "increase", "rate");

  private final Planner planner;

  CallPlanner(Planner planner) {
    this.planner = planner;
  }

  PlanNode plan(Call call, Span span) {
    return switch (call.function().name()) {
      case "vector" -> new PlanNode.ToVector(planner.scalar(call.args().getFirst(), span));
      case "scalar" -> new PlanNode.ToScalar(planner.vector(call.args().getFirst(), span));
      case "timestamp" -> timestamp(call, span);
      case "absent_over_time" -> absentOverTime(call, span);
      case "info" -> info(call, span);
      case "start" -> seconds(planner.query().steps().start());
      case "end" -> seconds(planner.query().steps().end());
      case "step" -> seconds(planner.query().stepMillis());
      case "range" -> seconds(planner.query().rangeMillis());
      default -> function(call, Functions.get(call.function().name()), span);
    };
  }

  private static PlanNode seconds(long millis) {
    return new PlanNode.Constant(millis / 1000.0);
  }

  private PlanNode function(Call call, FunctionEntry entry, Span span) {
    Function function = entry.function();
    return switch (function) {
      case TimeFunction ignored -> new PlanNode.TimeCall(entry);
      case RangeFunction ignored -> rangeCall(call, entry, span);
      case SampleFunction ignored -> sampleCall(call, entry, span);
      case VectorFunction ignored -> wholeCall(call, entry, span);
    };
  }

  private PlanNode rangeCall(Call call, FunctionEntry entry, Span span) {
    RangeSource source = null;
    List<ScalarNode> parameters = new ArrayList<>();
    for (Expr arg : call.args()) {
      if (arg.type() == ValueType.MATRIX) {
        source = planner.source(arg, span, entry.name());
      } else {
        parameters.add(planner.scalar(arg, span));
      }
    }
    if (source == null) {
      throw new LookoutException(
          ErrorCode.BAD_DATA, "no range vector in call to function " + entry.name());
    }
    checkMode(source.mode(), entry.name());
    return new PlanNode.RangeCall(call, entry, source, parameters);
  }

  private static void checkMode(SelectorMode mode, String function) {
    Set<String> allowed =
        switch (mode) {
          case PLAIN -> Set.of(function);
          case ANCHORED -> ANCHORED;
          case SMOOTHED -> SMOOTHED;
        };
    if (!allowed.contains(function)) {
      throw new LookoutException(
          ErrorCode.EXECUTION,
          mode.keyword()
              + " modifier can only be used with: "
              + String.join(", ", allowed.stream().sorted().toList())
              + " - not with "
              + function);
    }
  }

  /** Functions of the date look at the time of the step where they are given nothing. */
  private PlanNode sampleCall(Call call, FunctionEntry entry, Span span) {
    if (call.args().isEmpty()) {
      ScalarNode time = new PlanNode.TimeCall(Functions.get("time"));
      return new PlanNode.SampleCall(call, entry, new PlanNode.ToVector(time), List.of());
    }
    VectorNode vector = null;
    List<ScalarNode> parameters = new ArrayList<>();
    for (Expr arg : call.args()) {
      if (vector == null && arg.type() == ValueType.VECTOR) {
        vector = planner.vector(arg, span);
      } else {
        parameters.add(planner.scalar(arg, span));
      }
    }
    if (vector == null) {
      throw new LookoutException(
          ErrorCode.BAD_DATA, "no instant vector in call to function " + entry.name());
    }
    return new PlanNode.SampleCall(call, entry, vector, parameters);
  }

  private PlanNode wholeCall(Call call, FunctionEntry entry, Span span) {
    List<PlanNode> arguments = new ArrayList<>();
    for (Expr arg : call.args()) {
      arguments.add(planner.node(arg, span));
    }
    return new PlanNode.WholeCall(call, entry, arguments);
  }

  /** Of a selector: when its samples were taken. Of all else: the time of the step. */
  private PlanNode timestamp(Call call, Span span) {
    Expr arg = bare(call.args().getFirst());
    return arg instanceof VectorSelector selector
        ? new PlanNode.SampleTimes(planner.select(selector, span))
        : sampleCall(call, Functions.get("timestamp"), span);
  }

  /** Absent over time is what is absent from what is present over time. */
  private PlanNode absentOverTime(Call call, Span span) {
    PlanNode present = rangeCall(call, Functions.get("present_over_time"), span);
    return new PlanNode.WholeCall(call, Functions.get("absent_over_time"), List.of(present));
  }

  /** The info series are fetched by metric name; the function looks at their other labels. */
  private PlanNode info(Call call, Span span) {
    VectorNode base = planner.vector(call.args().getFirst(), span);
    List<Matcher> names = new ArrayList<>();
    if (call.args().size() > 1 && bare(call.args().get(1)) instanceof VectorSelector given) {
      given.matchers().stream()
          .filter(matcher -> matcher.name().equals(Label.METRIC_NAME))
          .forEach(names::add);
    }
    if (names.isEmpty()) {
      names.add(Matcher.equal(Label.METRIC_NAME, "target_info"));
    }
    if (names.stream().allMatch(Matcher::isNegative)) {
      names.add(Matcher.regex(Label.METRIC_NAME, ".+_info"));
    }
    VectorSelector like = SelectorOf.first(call.args().getFirst());
    VectorSelector selector =
        new VectorSelector(
            call.position(), "", names, like.offset(), like.at(), SelectorMode.PLAIN);
    PlanNode.InstantSelect infos = planner.select(selector, span);
    return new PlanNode.WholeCall(
        call, Functions.get("info"), List.of(base, infos, new PlanNode.SampleTimes(infos)));
  }

  static Expr bare(Expr expr) {
    return expr instanceof ParenExpr paren ? bare(paren.expr()) : expr;
  }
}
