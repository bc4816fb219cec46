package io.lookout.query.promql.text;

import io.lookout.model.Label;
import io.lookout.model.Matcher;
import io.lookout.model.SeriesText;
import io.lookout.model.Utf8Order;
import io.lookout.model.text.NumberText;
import io.lookout.query.promql.ast.AggregateExpr;
import io.lookout.query.promql.ast.AtModifier;
import io.lookout.query.promql.ast.BinaryExpr;
import io.lookout.query.promql.ast.Call;
import io.lookout.query.promql.ast.DurationExpr;
import io.lookout.query.promql.ast.Expr;
import io.lookout.query.promql.ast.MatrixSelector;
import io.lookout.query.promql.ast.NumberLiteral;
import io.lookout.query.promql.ast.ParenExpr;
import io.lookout.query.promql.ast.SelectorMode;
import io.lookout.query.promql.ast.StringLiteral;
import io.lookout.query.promql.ast.SubqueryExpr;
import io.lookout.query.promql.ast.UnaryExpr;
import io.lookout.query.promql.ast.VectorMatching;
import io.lookout.query.promql.ast.VectorMatching.Cardinality;
import io.lookout.query.promql.ast.VectorSelector;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The canonical text of an expression, as Prometheus prints it. It parses to the same tree. */
public final class ExprText {
  private ExprText() {}

  public static String of(Expr expr) {
    return switch (expr) {
      case AggregateExpr e -> aggregate(e);
      case BinaryExpr e -> of(e.left()) + " " + operator(e) + " " + of(e.right());
      case Call e -> e.function().name() + "(" + list(e.args()) + ")";
      case MatrixSelector e -> matrix(e);
      case NumberLiteral e -> number(e);
      case ParenExpr e -> "(" + of(e.expr()) + ")";
      case StringLiteral e -> SeriesText.quote(e.value());
      case SubqueryExpr e -> of(e.expr()) + subquerySuffix(e);
      case UnaryExpr e -> sign(e) + of(e.expr());
      case VectorSelector e -> series(e) + at(e.at()) + mode(e.mode()) + offset(e.offset());
    };
  }

  static String list(List<Expr> exprs) {
    return exprs.stream().map(ExprText::of).collect(Collectors.joining(", "));
  }

  private static String aggregate(AggregateExpr e) {
    String parameter = e.parameter() == null ? "" : of(e.parameter()) + ", ";
    return aggregateHead(e) + "(" + parameter + of(e.expr()) + ")";
  }

  /** Operator and grouping: {@code sum by (job) }. */
  static String aggregateHead(AggregateExpr e) {
    String keyword = e.op().keyword();
    if (e.without()) {
      return keyword + " without (" + labels(e.grouping()) + ") ";
    }
    return e.grouping().isEmpty() ? keyword : keyword + " by (" + labels(e.grouping()) + ") ";
  }

  private static String labels(List<String> labels) {
    return labels.stream()
        .map(l -> SeriesText.isLegacyMetricName(l) ? l : SeriesText.quote(l))
        .collect(Collectors.joining(", "));
  }

  /** Operator and modifiers: {@code == bool on (job) group_left ()}. */
  static String operator(BinaryExpr e) {
    String matching = e.matching() == null ? "" : matching(e.matching());
    return e.op().sign() + (e.returnBool() ? " bool" : "") + matching;
  }

  private static String matching(VectorMatching m) {
    StringBuilder text = new StringBuilder();
    boolean grouped =
        m.cardinality() == Cardinality.MANY_TO_ONE || m.cardinality() == Cardinality.ONE_TO_MANY;
    if (!m.labels().isEmpty() || m.on() || grouped) {
      text.append(m.on() ? " on (" : " ignoring (").append(labels(m.labels())).append(')');
    }
    if (grouped) {
      boolean left = m.cardinality() == Cardinality.MANY_TO_ONE;
      text.append(left ? " group_left (" : " group_right (").append(labels(m.include()));
      text.append(')');
    }
    Double left = m.fillLeft();
    Double right = m.fillRight();
    if (left != null && left.equals(right)) {
      return text.append(fill(" fill (", left)).toString();
    }
    return text.append(fill(" fill_left (", left)).append(fill(" fill_right (", right)).toString();
  }

  private static String fill(String keyword, @Nullable Double value) {
    return value == null ? "" : keyword + NumberText.number(value) + ")";
  }

  private static String number(NumberLiteral e) {
    return e.duration()
        ? DurationText.ofMillis(Math.round(e.value() * 1000))
        : NumberText.plain(e.value());
  }

  static String sign(UnaryExpr e) {
    return e.negative() ? "-" : "+";
  }

  private static String matrix(MatrixSelector e) {
    VectorSelector s = e.selector();
    return series(s)
        + "["
        + DurationText.of(e.range())
        + "]"
        + mode(s.mode())
        + at(s.at())
        + offset(s.offset());
  }

  /** {@code [5m:1m] @ 60.000 offset 1m}. */
  static String subquerySuffix(SubqueryExpr e) {
    String step = e.step() == null ? "" : DurationText.of(e.step());
    return "[" + DurationText.of(e.range()) + ":" + step + "]" + at(e.at()) + offset(e.offset());
  }

  private static String series(VectorSelector e) {
    String matchers =
        e.matchers().stream()
            .filter(m -> !isName(e, m))
            .map(Matcher::toString)
            .sorted(Utf8Order::compare)
            .collect(Collectors.joining(","));
    // Prometheus prints nothing at all for a selector of nothing; braces can be read again.
    boolean braces = !matchers.isEmpty() || e.name().isEmpty();
    return braces ? e.name() + "{" + matchers + "}" : e.name();
  }

  private static boolean isName(VectorSelector e, Matcher m) {
    return !e.name().isEmpty()
        && m.type() == Matcher.Type.EQUAL
        && m.name().equals(Label.METRIC_NAME)
        && m.value().equals(e.name());
  }

  private static String at(@Nullable AtModifier at) {
    return switch (at) {
      case null -> "";
      case AtModifier.Time t ->
          " @ "
              + BigDecimal.valueOf(t.millis(), 3)
                  .setScale(3, RoundingMode.UNNECESSARY)
                  .toPlainString();
      case AtModifier.Start s -> " @ start()";
      case AtModifier.End e -> " @ end()";
    };
  }

  private static String mode(SelectorMode mode) {
    return mode == SelectorMode.PLAIN ? "" : " " + mode.keyword();
  }

  private static String offset(DurationExpr offset) {
    return offset.equals(DurationExpr.Literal.ZERO) ? "" : " offset " + DurationText.of(offset);
  }
}
