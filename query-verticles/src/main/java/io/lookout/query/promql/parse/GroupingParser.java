package io.lookout.query.promql.parse;

import io.lookout.model.SeriesText;
import io.lookout.query.promql.ast.VectorMatching;
import io.lookout.query.promql.ast.VectorMatching.Cardinality;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of labels: of aggregations, and of vector matching. */
final class GroupingParser {
  private static final String CONTEXT = "grouping opts";

  private final Tokens tokens;
  private final Literals literals;

  GroupingParser(Tokens tokens, Literals literals) {
    this.tokens = tokens;
    this.literals = literals;
  }

  /** {@code by} or {@code without}, or null where neither follows. */
  @Nullable Grouping grouping() {
    boolean without = tokens.at(TokenType.WITHOUT);
    if (!without && !tokens.at(TokenType.BY)) {
      return null;
    }
    tokens.take();
    return new Grouping(labels(), without);
  }

  /** {@code bool}, {@code on}, {@code group_left}, {@code fill} and the like, all optional. */
  BinaryModifiers binaryModifiers() {
    boolean returnBool = tokens.takeIf(TokenType.BOOL);
    boolean on = tokens.at(TokenType.ON);
    List<String> labels = List.of();
    List<String> include = List.of();
    Cardinality cardinality = Cardinality.ONE_TO_ONE;
    if (on || tokens.at(TokenType.IGNORING)) {
      tokens.take();
      labels = labels();
      boolean left = tokens.at(TokenType.GROUP_LEFT);
      if (left || tokens.at(TokenType.GROUP_RIGHT)) {
        tokens.take();
        cardinality = left ? Cardinality.MANY_TO_ONE : Cardinality.ONE_TO_MANY;
        include = tokens.at(TokenType.LEFT_PAREN) ? labels() : none();
      }
    }
    return new BinaryModifiers(
        returnBool, filled(new VectorMatching(cardinality, labels, on, include, null, null)));
  }

  private VectorMatching filled(VectorMatching matching) {
    Double left = null;
    Double right = null;
    if (tokens.takeIf(TokenType.FILL)) {
      left = fillValue();
      right = left;
    } else if (tokens.takeIf(TokenType.FILL_LEFT)) {
      left = fillValue();
      right = tokens.takeIf(TokenType.FILL_RIGHT) ? fillValue() : null;
    } else if (tokens.takeIf(TokenType.FILL_RIGHT)) {
      right = fillValue();
      left = tokens.takeIf(TokenType.FILL_LEFT) ? fillValue() : null;
    }
    return new VectorMatching(
        matching.cardinality(), matching.labels(), matching.on(), matching.include(), left, right);
  }

  private Double fillValue() {
    tokens.expect(TokenType.LEFT_PAREN);
    boolean negative = tokens.at(TokenType.SUB);
    if (negative || tokens.at(TokenType.ADD)) {
      tokens.take();
    }
    if (!literals.atNumber()) {
      throw tokens.unexpected();
    }
    double value = literals.number().value();
    tokens.expect(TokenType.RIGHT_PAREN);
    return negative ? -value : value;
  }

  /** Labels left out: what follows must begin the right side, or fill it in. */
  private List<String> none() {
    TokenType next = tokens.peek().type();
    boolean goesOn = next.mayBeginOperand() || next.isFill();
    if (!goesOn) {
      throw tokens.unexpected(CONTEXT, "\"(\"");
    }
    return List.of();
  }

  private List<String> labels() {
    if (!tokens.takeIf(TokenType.LEFT_PAREN)) {
      throw tokens.unexpected(CONTEXT, "\"(\"");
    }
    List<String> labels = new ArrayList<>();
    while (!tokens.takeIf(TokenType.RIGHT_PAREN)) {
      labels.add(label());
      if (!tokens.at(TokenType.RIGHT_PAREN) && !tokens.takeIf(TokenType.COMMA)) {
        throw tokens.unexpected(CONTEXT, "\",\" or \")\"");
      }
    }
    return labels;
  }

  private String label() {
    Token token = tokens.peek();
    boolean quoted = token.type() == TokenType.STRING;
    if (!quoted && !token.type().isGroupingLabel()) {
      throw tokens.unexpected(CONTEXT, "label");
    }
    tokens.take();
    String label = quoted ? Strings.unquote(token.text()) : token.text();
    if (label.isEmpty() || !SeriesText.isUtf8(label)) {
      throw tokens.error(
          token.position(), "invalid label name for grouping: " + SeriesText.quote(label));
    }
    return label;
  }
}
