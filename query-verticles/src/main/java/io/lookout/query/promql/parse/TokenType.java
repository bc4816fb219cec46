package io.lookout.query.promql.parse;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of tokens. Keywords are known by their text in lower case. */
enum TokenType {
  EOF(Kind.OTHER, ""),
  IDENTIFIER(Kind.OTHER, ""),
  METRIC_IDENTIFIER(Kind.OTHER, ""),
  STRING(Kind.OTHER, ""),
  NUMBER(Kind.OTHER, ""),
  DURATION(Kind.OTHER, ""),

  LEFT_PAREN(Kind.PUNCTUATION, "("),
  RIGHT_PAREN(Kind.PUNCTUATION, ")"),
  LEFT_BRACE(Kind.PUNCTUATION, "{"),
  RIGHT_BRACE(Kind.PUNCTUATION, "}"),
  LEFT_BRACKET(Kind.PUNCTUATION, "["),
  RIGHT_BRACKET(Kind.PUNCTUATION, "]"),
  COMMA(Kind.PUNCTUATION, ","),
  COLON(Kind.PUNCTUATION, ":"),
  EQUAL_SIGN(Kind.PUNCTUATION, "="),

  ADD(Kind.OPERATOR, "+"),
  SUB(Kind.OPERATOR, "-"),
  MUL(Kind.OPERATOR, "*"),
  DIV(Kind.OPERATOR, "/"),
  MOD(Kind.OPERATOR, "%"),
  POW(Kind.OPERATOR, "^"),
  EQUAL(Kind.OPERATOR, "=="),
  NOT_EQUAL(Kind.OPERATOR, "!="),
  GREATER(Kind.OPERATOR, ">"),
  LESS(Kind.OPERATOR, "<"),
  GREATER_OR_EQUAL(Kind.OPERATOR, ">="),
  LESS_OR_EQUAL(Kind.OPERATOR, "<="),
  TRIM_UPPER(Kind.OPERATOR, "</"),
  TRIM_LOWER(Kind.OPERATOR, ">/"),
  EQUAL_REGEX(Kind.OPERATOR, "=~"),
  NOT_EQUAL_REGEX(Kind.OPERATOR, "!~"),
  AT(Kind.OPERATOR, "@"),
  AND(Kind.WORD_OPERATOR, "and"),
  OR(Kind.WORD_OPERATOR, "or"),
  UNLESS(Kind.WORD_OPERATOR, "unless"),
  ATAN2(Kind.WORD_OPERATOR, "atan2"),

  SUM(Kind.AGGREGATOR, "sum"),
  AVG(Kind.AGGREGATOR, "avg"),
  COUNT(Kind.AGGREGATOR, "count"),
  MIN(Kind.AGGREGATOR, "min"),
  MAX(Kind.AGGREGATOR, "max"),
  GROUP(Kind.AGGREGATOR, "group"),
  STDDEV(Kind.AGGREGATOR, "stddev"),
  STDVAR(Kind.AGGREGATOR, "stdvar"),
  TOPK(Kind.AGGREGATOR, "topk"),
  BOTTOMK(Kind.AGGREGATOR, "bottomk"),
  COUNT_VALUES(Kind.AGGREGATOR, "count_values"),
  QUANTILE(Kind.AGGREGATOR, "quantile"),
  LIMITK(Kind.AGGREGATOR, "limitk"),
  LIMIT_RATIO(Kind.AGGREGATOR, "limit_ratio"),

  OFFSET(Kind.KEYWORD, "offset"),
  ANCHORED(Kind.KEYWORD, "anchored"),
  SMOOTHED(Kind.KEYWORD, "smoothed"),
  BY(Kind.KEYWORD, "by"),
  WITHOUT(Kind.KEYWORD, "without"),
  ON(Kind.KEYWORD, "on"),
  IGNORING(Kind.KEYWORD, "ignoring"),
  GROUP_LEFT(Kind.KEYWORD, "group_left"),
  GROUP_RIGHT(Kind.KEYWORD, "group_right"),
  FILL(Kind.KEYWORD, "fill"),
  FILL_LEFT(Kind.KEYWORD, "fill_left"),
  FILL_RIGHT(Kind.KEYWORD, "fill_right"),
  BOOL(Kind.KEYWORD, "bool"),

  START(Kind.PREPROCESSOR, "start"),
  END(Kind.PREPROCESSOR, "end"),
  STEP(Kind.PREPROCESSOR, "step"),
  RANGE(Kind.PREPROCESSOR, "range");

  /** What tokens have in common. */
  private enum Kind {
    OTHER,
    PUNCTUATION,
    OPERATOR,
    WORD_OPERATOR,
    AGGREGATOR,
    KEYWORD,
    PREPROCESSOR
  }

  private static final Map<String, TokenType> WORDS = words();

  private final Kind kind;
  private final String text;

  TokenType(Kind kind, String text) {
    this.kind = kind;
    this.text = text;
  }

  private static Map<String, TokenType> words() {
    Map<String, TokenType> words = new HashMap<>();
    for (TokenType type : values()) {
      if (type.kind.compareTo(Kind.WORD_OPERATOR) >= 0) {
        words.put(type.text, type);
      }
    }
    words.put("inf", NUMBER);
    words.put("nan", NUMBER);
    return words;
  }

  /** The keyword, operator, aggregator or number that a word is, in any case of letters. */
  static @Nullable TokenType ofWord(String word) {
    return WORDS.get(word.toLowerCase(Locale.ROOT));
  }

  boolean isAggregator() {
    return kind == Kind.AGGREGATOR;
  }

  boolean isKeyword() {
    return kind == Kind.KEYWORD;
  }

  boolean isOperator() {
    return kind == Kind.OPERATOR || kind == Kind.WORD_OPERATOR;
  }

  /** Whether an expression may begin with it as with a metric name. */
  boolean isMetricName() {
    return switch (this) {
      case IDENTIFIER,
          METRIC_IDENTIFIER,
          AND,
          OR,
          UNLESS,
          BY,
          WITHOUT,
          OFFSET,
          ANCHORED,
          SMOOTHED ->
          true;
      case FILL, FILL_LEFT, FILL_RIGHT -> true;
      default -> kind == Kind.AGGREGATOR || kind == Kind.PREPROCESSOR;
    };
  }

  /** Whether an operand, its sign included, may begin with it. */
  boolean mayBeginOperand() {
    return switch (this) {
      case STRING, NUMBER, DURATION, LEFT_PAREN, LEFT_BRACE, ADD, SUB -> true;
      default -> isMetricName();
    };
  }

  boolean isFill() {
    return this == FILL || this == FILL_LEFT || this == FILL_RIGHT;
  }

  /** Whether it may stand as a label in a grouping. */
  boolean isGroupingLabel() {
    return this == IDENTIFIER
        || this == METRIC_IDENTIFIER
        || (this != WITHOUT && kind.compareTo(Kind.WORD_OPERATOR) >= 0);
  }
}
