package io.lookout.query.promql.parse;

import io.lookout.model.Label;
import io.lookout.model.Matcher;
import io.lookout.model.SeriesText;
import io.lookout.query.promql.ast.AggregateExpr;
import io.lookout.query.promql.ast.AggregateOp;
import io.lookout.query.promql.ast.BinaryExpr;
import io.lookout.query.promql.ast.BinaryOp;
import io.lookout.query.promql.ast.Call;
import io.lookout.query.promql.ast.DurationExpr;
import io.lookout.query.promql.ast.Expr;
import io.lookout.query.promql.ast.Feature;
import io.lookout.query.promql.ast.FunctionSignature;
import io.lookout.query.promql.ast.Language;
import io.lookout.query.promql.ast.Position;
import io.lookout.query.promql.ast.SelectorMode;
import io.lookout.query.promql.ast.SubqueryExpr;
import io.lookout.query.promql.ast.UnaryExpr;
import io.lookout.query.promql.ast.ValueType;
import io.lookout.query.promql.ast.VectorMatching;
import io.lookout.query.promql.ast.VectorMatching.Cardinality;
import io.lookout.query.promql.ast.VectorSelector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Errors of type. They are collected as nodes are made and raised when the whole text has been
 * read, because an error of syntax further on goes before.
 */
final class TypeChecks {
  private record Finding(Position position, String problem) {}

  /** The errors of a part of the text, in the order in which they are told. */
  record Findings(List<Finding> list) {}

  private static final String NO_MATCHER =
      "vector selector must contain at least one non-empty matcher";

  private final String query;
  private final Language language;
  private List<Finding> findings = new ArrayList<>();

  TypeChecks(String query, Language language) {
    this.query = query;
    this.language = language;
  }

  Language language() {
    return language;
  }

  void raiseFirst() {
    if (!findings.isEmpty()) {
      Finding first = findings.get(0);
      throw new ParseException(query, first.position, first.problem);
    }
  }

  /** From here on what is found is kept apart; what was found before is handed out until then. */
  Findings begin() {
    Findings before = new Findings(findings);
    findings = new ArrayList<>();
    return before;
  }

  /** What was found since {@link #begin}, for whoever puts it in its place. */
  Findings end(Findings before) {
    Findings since = new Findings(findings);
    findings = before.list;
    return since;
  }

  private void add(Position position, String problem) {
    findings.add(new Finding(position, problem));
  }

  private void expect(Expr expr, ValueType wanted, String context) {
    if (expr.type() != wanted) {
      add(
          expr.position(),
          "expected type "
              + wanted.documentedName()
              + " in "
              + context
              + ", got "
              + expr.type().documentedName());
    }
  }

  void selector(VectorSelector selector) {
    if (selector.name().isEmpty()) {
      if (selector.matchers().stream().allMatch(m -> m.matches(""))) {
        add(selector.position(), NO_MATCHER);
      }
      return;
    }
    List<Matcher> inBraces = selector.matchers().subList(0, selector.matchers().size() - 1);
    for (Matcher matcher : inBraces) {
      if (matcher.name().equals(Label.METRIC_NAME)) {
        add(
            selector.position(),
            "metric name must not be set twice: "
                + SeriesText.quote(selector.name())
                + " or "
                + SeriesText.quote(matcher.value()));
      }
    }
  }

  void subquery(SubqueryExpr subquery) {
    ValueType type = subquery.expr().type();
    if (type != ValueType.VECTOR) {
      add(
          subquery.position(),
          "subquery is only allowed on instant vector, got " + type.apiName() + " instead");
    }
  }

  void unary(UnaryExpr unary) {
    if (!isNumeric(unary.expr())) {
      add(
          unary.position(),
          "unary expression only allowed on expressions of type scalar or instant vector, got "
              + SeriesText.quote(unary.expr().type().documentedName()));
    }
  }

  private static boolean isNumeric(Expr expr) {
    return expr.type() == ValueType.SCALAR || expr.type() == ValueType.VECTOR;
  }

  /** A range, step or offset that was read from {@code start} to {@code end}. */
  void duration(DurationExpr duration, int start, int end) {
    boolean plain =
        duration instanceof DurationExpr.Operand && !query.substring(start, end).contains("(");
    if (!plain && !language.has(Feature.DURATION_EXPRESSIONS)) {
      int first = start;
      while (first < end && "+-( ".indexOf(query.charAt(first)) >= 0) {
        first++;
      }
      add(new Position(first, end), "experimental duration expression is not enabled");
    }
  }

  void mode(Expr expr, SelectorMode mode) {
    if (!language.has(Feature.EXTENDED_SELECTORS)) {
      add(expr.position(), mode.keyword() + " modifier is experimental and not enabled");
    }
  }

  private void checkEnabled(AggregateExpr aggregate) {
    AggregateOp op = aggregate.op();
    boolean experimental = op == AggregateOp.LIMITK || op == AggregateOp.LIMIT_RATIO;
    if (experimental && !language.has(Feature.EXPERIMENTAL_FUNCTIONS)) {
      add(
          aggregate.position(),
          op.keyword()
              + "() is experimental and must be enabled with"
              + " --enable-feature=promql-experimental-functions");
    }
  }

  /** The findings are those of the arguments as they are written. */
  void aggregate(AggregateExpr aggregate, List<Findings> arguments) {
    checkEnabled(aggregate);
    findings.addAll(arguments.getLast().list);
    expect(aggregate.expr(), ValueType.VECTOR, "aggregation expression");
    Expr parameter = aggregate.parameter();
    if (parameter != null) {
      findings.addAll(arguments.getFirst().list);
      ValueType wanted =
          aggregate.op() == AggregateOp.COUNT_VALUES ? ValueType.STRING : ValueType.SCALAR;
      expect(parameter, wanted, "aggregation parameter");
    }
  }

  void call(Call call, List<Findings> arguments) {
    if (call.function().experimental() && !language.has(Feature.EXPERIMENTAL_FUNCTIONS)) {
      add(
          call.position(),
          "function " + SeriesText.quote(call.function().name()) + " is not enabled");
    }
    checkCount(call);
    if (call.function().name().equals("info") && call.args().size() > 1) {
      checkInfoSelector(call.args().get(1), arguments.get(1));
    }
    List<ValueType> types = call.function().argTypes();
    for (int i = 0; i < call.args().size(); i++) {
      if (i >= types.size() && call.function().variadic() == 0) {
        return;
      }
      findings.addAll(arguments.get(i).list);
      expect(
          call.args().get(i),
          types.get(Math.min(i, types.size() - 1)),
          "call to function " + SeriesText.quote(call.function().name()));
    }
  }

  private void checkCount(Call call) {
    FunctionSignature function = call.function();
    int given = call.args().size();
    int listed = function.argTypes().size();
    int least = function.variadic() == 0 ? listed : listed - 1;
    int most = function.variadic() < 0 ? Integer.MAX_VALUE : least + function.variadic();
    String wanted =
        function.variadic() == 0 && given != listed
            ? "expected " + listed
            : given < least
                ? "expected at least " + least
                : given > most ? "expected at most " + most : "";
    if (!wanted.isEmpty()) {
      add(
          call.position(),
          wanted
              + " argument(s) in call to "
              + SeriesText.quote(function.name())
              + ", got "
              + given);
    }
  }

  /** The second argument of {@code info} is no vector but a list of label matchers. */
  private void checkInfoSelector(Expr arg, Findings inside) {
    if (!(arg instanceof VectorSelector selector)) {
      add(arg.position(), "expected label selectors only");
    } else if (!selector.name().isEmpty()) {
      add(arg.position(), "expected label selectors only, got vector selector instead");
    } else {
      inside.list.removeIf(f -> f.problem.equals(NO_MATCHER));
    }
  }

  /** The checked node; its matching is that of set operators, or none, where that is so. */
  BinaryExpr binary(BinaryExpr raw) {
    VectorMatching matching = raw.matching();
    if (matching == null) {
      return raw;
    }
    boolean fills = matching.fillLeft() != null || matching.fillRight() != null;
    if (fills && !language.has(Feature.FILL_MODIFIERS)) {
      add(raw.position(), "binop fill modifiers are experimental and not enabled");
    }
    boolean vectors =
        raw.left().type() == ValueType.VECTOR && raw.right().type() == ValueType.VECTOR;
    checkBool(raw);
    checkIncluded(raw, matching);
    checkOperand(raw.left());
    checkOperand(raw.right());
    if (!vectors) {
      checkNoMatching(raw, matching);
      return with(raw, null);
    }
    if (!raw.op().isSet()) {
      return raw;
    }
    checkSet(raw, matching);
    return with(
        raw,
        new VectorMatching(
            Cardinality.MANY_TO_MANY, matching.labels(), matching.on(), List.of(), null, null));
  }

  private static BinaryExpr with(BinaryExpr raw, @Nullable VectorMatching matching) {
    return new BinaryExpr(
        raw.position(), raw.op(), raw.left(), raw.right(), raw.returnBool(), matching);
  }

  private void checkBool(BinaryExpr binary) {
    if (binary.returnBool() && !binary.op().isComparison()) {
      add(operator(binary), "bool modifier can only be used on comparison operators");
    }
    if (binary.op().isComparison()
        && !binary.returnBool()
        && binary.left().type() == ValueType.SCALAR
        && binary.right().type() == ValueType.SCALAR) {
      add(operator(binary), "comparisons between scalars must use BOOL modifier");
    }
  }

  private void checkIncluded(BinaryExpr binary, VectorMatching matching) {
    for (String label : matching.labels()) {
      if (matching.on() && matching.include().contains(label)) {
        add(
            operator(binary),
            "label " + SeriesText.quote(label) + " must not occur in ON and GROUP clause at once");
      }
    }
  }

  private void checkOperand(Expr operand) {
    if (!isNumeric(operand)) {
      add(
          operand.position(),
          "binary expression must contain only scalar and instant vector types");
    }
  }

  private void checkNoMatching(BinaryExpr binary, VectorMatching matching) {
    if (!matching.labels().isEmpty()) {
      add(binary.position(), "vector matching only allowed between instant vectors");
    }
    if (matching.fillLeft() != null || matching.fillRight() != null) {
      add(binary.position(), "filling in missing series only allowed between instant vectors");
    }
    boolean scalar =
        binary.left().type() == ValueType.SCALAR || binary.right().type() == ValueType.SCALAR;
    if (scalar && binary.op().isSet()) {
      add(
          binary.position(),
          "set operator " + quoted(binary.op()) + " not allowed in binary scalar expression");
    }
  }

  private void checkSet(BinaryExpr binary, VectorMatching matching) {
    if (matching.cardinality() != Cardinality.ONE_TO_ONE) {
      add(binary.position(), "no grouping allowed for " + quoted(binary.op()) + " operation");
    }
    if (matching.fillLeft() != null || matching.fillRight() != null) {
      add(binary.position(), "filling in missing series not allowed for set operators");
    }
  }

  private static String quoted(BinaryOp op) {
    return SeriesText.quote(op.sign());
  }

  /** Where the operator stands: after the left side, without the space. */
  private Position operator(BinaryExpr binary) {
    int start = binary.left().position().end();
    while (start < query.length() && Lexer.isSpace(query.charAt(start))) {
      start++;
    }
    return new Position(start, Math.max(start, binary.right().position().start()));
  }
}
