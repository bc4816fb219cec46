package io.lookout.query.promql.parse;

import io.lookout.model.SeriesText;
import io.lookout.query.promql.ast.AggregateExpr;
import io.lookout.query.promql.ast.AggregateOp;
import io.lookout.query.promql.ast.BinaryExpr;
import io.lookout.query.promql.ast.BinaryOp;
import io.lookout.query.promql.ast.Call;
import io.lookout.query.promql.ast.Expr;
import io.lookout.query.promql.ast.FunctionSignature;
import io.lookout.query.promql.ast.NumberLiteral;
import io.lookout.query.promql.ast.ParenExpr;
import io.lookout.query.promql.ast.Position;
import io.lookout.query.promql.ast.StringLiteral;
import io.lookout.query.promql.ast.UnaryExpr;
import io.lookout.query.promql.ast.VectorSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Expressions: recursive descent, operators by precedence climbing. A sign binds as strongly as a
 * multiplication.
 */
final class ExpressionParser {
  private final Tokens tokens;
  private final TypeChecks checks;
  private final Literals literals;
  private final SelectorParser selectors;
  private final ModifierParser modifiers;
  private final GroupingParser groupings;

  /** How many calls of {@link #expression} are open. */
  private int depth;

  /** Of the expression that was finished last. */
  private int height;

  ExpressionParser(Tokens tokens, TypeChecks checks) {
    this.tokens = tokens;
    this.checks = checks;
    this.literals = new Literals(tokens);
    this.selectors = new SelectorParser(tokens);
    this.modifiers = new ModifierParser(tokens, checks);
    this.groupings = new GroupingParser(tokens, literals);
  }

  Expr expression() {
    return expression(Operators.LOWEST);
  }

  private Expr expression(int minPrecedence) {
    depth = Depth.checked(depth + 1, tokens);
    Expr left = unary();
    BinaryOp op = Operators.of(tokens.peek().type());
    while (op != null && Operators.precedence(op) >= minPrecedence) {
      left = binary(left, op);
      op = Operators.of(tokens.peek().type());
    }
    depth--;
    return left;
  }

  private Expr binary(Expr left, BinaryOp op) {
    tokens.take();
    int leftHeight = height;
    BinaryModifiers modifiers = groupings.binaryModifiers();
    // Powers associate to the right, everything else to the left.
    int precedence = Operators.precedence(op);
    Expr right = expression(op == BinaryOp.POW ? precedence : precedence + 1);
    height = Depth.checked(Math.max(leftHeight, height) + 1, tokens);
    return checks.binary(
        new BinaryExpr(
            left.position().to(right.position()),
            op,
            left,
            right,
            modifiers.returnBool(),
            modifiers.matching()));
  }

  private Expr unary() {
    if (!tokens.at(TokenType.ADD) && !tokens.at(TokenType.SUB)) {
      height = 1;
      Expr modified = modifiers.modified(primary());
      height = Depth.checked(height + modifiers.levels(), tokens);
      return modified;
    }
    Token sign = tokens.take();
    boolean negative = sign.type() == TokenType.SUB;
    Expr operand = expression(Operators.POWER);
    height = Depth.checked(height + 1, tokens);
    Position position = sign.position().to(operand.position());
    if (operand instanceof NumberLiteral number) {
      double value = negative ? -number.value() : number.value();
      return new NumberLiteral(position, value, number.duration());
    }
    UnaryExpr unary = new UnaryExpr(position, negative, operand);
    checks.unary(unary);
    return unary;
  }

  private Expr primary() {
    Token token = tokens.peek();
    return switch (token.type()) {
      case NUMBER, DURATION -> literals.number();
      case STRING -> {
        tokens.take();
        yield new StringLiteral(token.position(), Strings.unquote(token.text()));
      }
      case LEFT_PAREN -> {
        tokens.take();
        Expr inner = expression();
        height++;
        Position end = tokens.expect(TokenType.RIGHT_PAREN).position();
        yield new ParenExpr(token.position().to(end), inner);
      }
      case LEFT_BRACE -> checked(selectors.selector());
      default -> {
        if (!token.type().isMetricName()) {
          throw tokens.unexpected();
        }
        yield named(tokens.take());
      }
    };
  }

  private Expr named(Token name) {
    if (name.type().isAggregator()
        && (tokens.at(TokenType.LEFT_PAREN)
            || tokens.at(TokenType.BY)
            || tokens.at(TokenType.WITHOUT))) {
      return aggregation(name);
    }
    boolean callable =
        switch (name.type()) {
          case IDENTIFIER, START, END, STEP, RANGE -> true;
          default -> false;
        };
    if (callable && tokens.at(TokenType.LEFT_PAREN)) {
      return call(name);
    }
    return checked(selectors.named(name));
  }

  private VectorSelector checked(VectorSelector selector) {
    checks.selector(selector);
    return selector;
  }

  private Expr call(Token name) {
    Arguments arguments = arguments();
    String function =
        name.type() == TokenType.IDENTIFIER ? name.text() : name.text().toLowerCase(Locale.ROOT);
    FunctionSignature signature =
        FunctionSignatures.of(function, checks.language())
            .orElseThrow(() ->
                tokens.error(
                    name.position(),
                    "unknown function with name " + SeriesText.quote(name.text())));
    Call call = new Call(upToHere(name), signature, arguments.exprs());
    checks.call(call, arguments.findings());
    return call;
  }

  private Expr aggregation(Token name) {
    tokens.enterAggregation();
    Grouping grouping = groupings.grouping();
    Arguments arguments = arguments();
    List<Expr> args = arguments.exprs();
    if (grouping == null) {
      grouping = groupings.grouping();
    }
    tokens.leaveAggregation();
    Position position = upToHere(name);
    AggregateOp op = AggregateOp.valueOf(name.type().name());
    int wanted = op.hasParameter() ? 2 : 1;
    if (args.isEmpty()) {
      throw tokens.error(position, "no arguments for aggregate expression provided");
    }
    if (args.size() != wanted) {
      throw tokens.error(
          position,
          "wrong number of arguments for aggregate expression provided, expected "
              + wanted
              + ", got "
              + args.size());
    }
    AggregateExpr aggregate =
        new AggregateExpr(
            position,
            op,
            args.get(wanted - 1),
            op.hasParameter() ? args.get(0) : null,
            grouping == null ? List.of() : grouping.labels(),
            grouping != null && grouping.without());
    checks.aggregate(aggregate, arguments.findings());
    return aggregate;
  }

  /**
   * Arguments in parentheses.
   *
   * @param findings what {@link TypeChecks} found in each
   */
  private record Arguments(List<Expr> exprs, List<TypeChecks.Findings> findings) {}

  private Arguments arguments() {
    tokens.expect(TokenType.LEFT_PAREN);
    Arguments args = new Arguments(new ArrayList<>(), new ArrayList<>());
    if (tokens.takeIf(TokenType.RIGHT_PAREN)) {
      return args;
    }
    int highest = 0;
    while (true) {
      TypeChecks.Findings before = checks.begin();
      args.exprs().add(expression());
      args.findings().add(checks.end(before));
      highest = Math.max(highest, height);
      if (!tokens.at(TokenType.COMMA)) {
        tokens.expect(TokenType.RIGHT_PAREN);
        height = highest + 1;
        return args;
      }
      Token comma = tokens.take();
      if (!tokens.peek().type().mayBeginOperand()) {
        throw tokens.error(comma.position(), "trailing commas not allowed in function call args");
      }
    }
  }

  private Position upToHere(Token from) {
    return new Position(from.position().start(), tokens.previousEnd());
  }
}
