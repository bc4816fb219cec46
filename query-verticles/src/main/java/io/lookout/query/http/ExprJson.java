package io.lookout.query.http;

import io.lookout.model.Matcher;
import io.lookout.model.text.NumberText;
import io.lookout.query.promql.ast.AggregateExpr;
import io.lookout.query.promql.ast.AtModifier;
import io.lookout.query.promql.ast.BinaryExpr;
import io.lookout.query.promql.ast.Call;
import io.lookout.query.promql.ast.DurationExpr;
import io.lookout.query.promql.ast.Expr;
import io.lookout.query.promql.ast.FunctionSignature;
import io.lookout.query.promql.ast.MatrixSelector;
import io.lookout.query.promql.ast.NumberLiteral;
import io.lookout.query.promql.ast.ParenExpr;
import io.lookout.query.promql.ast.SelectorMode;
import io.lookout.query.promql.ast.StringLiteral;
import io.lookout.query.promql.ast.SubqueryExpr;
import io.lookout.query.promql.ast.UnaryExpr;
import io.lookout.query.promql.ast.ValueType;
import io.lookout.query.promql.ast.VectorMatching;
import io.lookout.query.promql.ast.VectorSelector;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A syntax tree in the shape of Prometheus's {@code parse_query}. */
final class ExprJson {
  private ExprJson() {}

  static JsonObject of(Expr expr) {
    return switch (expr) {
      case AggregateExpr e -> aggregate(e);
      case BinaryExpr e -> binary(e);
      case Call e -> call(e);
      case MatrixSelector e ->
          selector("matrixSelector", e.selector()).put("range", millis(e.range()));
      case NumberLiteral e -> node("numberLiteral").put("val", NumberText.plain(e.value()));
      case ParenExpr e -> node("parenExpr").put("expr", of(e.expr()));
      case StringLiteral e -> node("stringLiteral").put("val", e.value());
      case SubqueryExpr e -> subquery(e);
      case UnaryExpr e ->
          node("unaryExpr").put("op", e.negative() ? "-" : "+").put("expr", of(e.expr()));
      case VectorSelector e -> selector("vectorSelector", e);
    };
  }

  private static JsonObject node(String type) {
    return new JsonObject().put("type", type);
  }

  private static JsonObject aggregate(AggregateExpr e) {
    Expr parameter = e.parameter();
    return node("aggregation")
        .put("op", e.op().keyword())
        .put("expr", of(e.expr()))
        .put("param", parameter == null ? null : of(parameter))
        .put("grouping", strings(e.grouping()))
        .put("without", e.without());
  }

  private static JsonObject binary(BinaryExpr e) {
    return node("binaryExpr")
        .put("op", e.op().sign())
        .put("lhs", of(e.left()))
        .put("rhs", of(e.right()))
        .put("matching", matching(e.matching()))
        .put("bool", e.returnBool());
  }

  private static @Nullable JsonObject matching(@Nullable VectorMatching m) {
    if (m == null) {
      return null;
    }
    return new JsonObject()
        .put("card", m.cardinality().text())
        .put("labels", strings(m.labels()))
        .put("on", m.on())
        .put("include", strings(m.include()))
        .put("fillValues", new JsonObject().put("lhs", m.fillLeft()).put("rhs", m.fillRight()));
  }

  private static JsonObject call(Call e) {
    JsonArray args = new JsonArray();
    e.args().forEach(arg -> args.add(of(arg)));
    FunctionSignature f = e.function();
    return node("call")
        .put(
            "func",
            new JsonObject()
                .put("name", f.name())
                .put("argTypes", strings(f.argTypes().stream().map(ValueType::apiName).toList()))
                .put("variadic", f.variadic())
                .put("returnType", f.returnType().apiName()))
        .put("args", args);
  }

  private static JsonObject subquery(SubqueryExpr e) {
    DurationExpr step = e.step();
    return at(node("subquery"), e.at())
        .put("expr", of(e.expr()))
        .put("range", millis(e.range()))
        .put("offset", millis(e.offset()))
        .put("step", step == null ? 0 : millis(step));
  }

  private static JsonObject selector(String type, VectorSelector e) {
    JsonArray matchers = new JsonArray();
    for (Matcher matcher : e.matchers()) {
      matchers.add(
          new JsonObject()
              .put("name", matcher.name())
              .put("value", matcher.value())
              .put("type", matcher.type().sign()));
    }
    return at(node(type), e.at())
        .put("name", e.name())
        .put("offset", millis(e.offset()))
        .put("matchers", matchers)
        .put("anchored", e.mode() == SelectorMode.ANCHORED)
        .put("smoothed", e.mode() == SelectorMode.SMOOTHED);
  }

  private static JsonObject at(JsonObject node, @Nullable AtModifier at) {
    return switch (at) {
      case null -> node.putNull("timestamp").putNull("startOrEnd");
      case AtModifier.Time time -> node.put("timestamp", time.millis()).putNull("startOrEnd");
      case AtModifier.Start() -> node.putNull("timestamp").put("startOrEnd", "start");
      case AtModifier.End() -> node.putNull("timestamp").put("startOrEnd", "end");
    };
  }

  /** 0, as in Prometheus, where the duration is an expression. */
  private static long millis(DurationExpr duration) {
    return duration instanceof DurationExpr.Literal literal ? literal.millis() : 0;
  }

  private static JsonArray strings(List<String> strings) {
    return new JsonArray(List.copyOf(strings));
  }
}
