package io.lookout.query.promql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.query.promql.ast.BinaryExpr;
import io.lookout.query.promql.ast.Expr;
import io.lookout.query.promql.ast.NumberLiteral;
import io.lookout.query.promql.ast.Position;
import io.lookout.query.promql.ast.StringLiteral;
import io.lookout.query.promql.text.ExprText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromqlParserTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "1 + 2 * 3                          | 1 + 2 * 3",
        "foo  offset  5m@10                 | foo @ 10.000 offset 5m",
        "foo @ start() offset -1h           | foo @ start() offset -1h",
        "sum(x) by (b,a)                    | sum by (b, a) (x)",
        "sum without () (x)                 | sum without () (x)",
        "sum by () (x)                      | sum(x)",
        "SUM(x)                             | sum(x)",
        "rate(a[300])                       | rate(a[5m])",
        "rate(a[5m]smoothed offset 3)       | rate(a[5m] smoothed offset 3s)",
        "a anchored                         | a anchored",
        "a[5m:]                             | a[5m:]",
        "(a+b)[1h:30] @ end()               | (a + b)[1h:30s] @ end()",
        "{\"a.b\",c=~\"d\"}                | {__name__=\"a.b\",c=~\"d\"}",
        "a{c='d'}                           | a{c=\"d\"}",
        "a{\"x y\"=`b`}                     | a{\"x y\"=\"b\"}",
        "a + on(b)group_left(c)d            | a + on (b) group_left (c) d",
        "a == bool ignoring(x) b            | a == bool ignoring (x) b",
        "a + fill(-1) b                     | a + fill (-1) b",
        "a+fill_right(1)fill_left(2)b       | a + fill_left (2) fill_right (1) b",
        "fill + fill                        | fill + fill",
        "0x1F + 017 + 1_000 + 1e3 + .5      | 31 + 15 + 1000 + 1000 + 0.5",
        "1h30m                              | 1h30m",
        "-5m                                | -5m",
        "inf + NaN                          | +Inf + NaN",
        "a atan2 b                          | a atan2 b",
        "a </ 1 >/ 2                        | a </ 1 >/ 2",
        "a[step()*2+max(1m,range())]        | a[step() * 2 + max(1m, range())]",
        "a[5m:(1+2)*3]                      | a[5m:(1 + 2) * 3]",
        "a[(5m) * (+2)]                     | a[5m * 2]",
        "a offset (2^3)                     | a offset (2 ^ 3)",
        "a offset 2 ^ 3                     | a offset 2s ^ 3",
        "a offset -step()^2                 | a offset -step() ^ 2",
        "start() + end() + STEP()           | start() + end() + step()",
        "start + sum + by + offset          | start + sum + by + offset",
        "sum by (a:b) (x)                   | sum by (a:b) (x)",
        "a + on (b) group_left c            | a + on (b) group_left () c",
        "0x1_F + 1_000 + 0xAB               | 31 + 1000 + 171",
        "sum by (sum, on, offset, \"a.b\") (x) | sum by (sum, on, offset, \"a.b\") (x)",
        "topk(3, x)                         | topk(3, x)",
        "count_values(\"v\", x)             | count_values(\"v\", x)",
        "- -1                               | 1",
        "-a ^ 2                             | -a ^ 2",
        "info(a, {b=\"c\"})                 | info(a, {b=\"c\"})",
        "label_replace(a,\"b\",'c',`d`,\"\") | label_replace(a, \"b\", \"c\", \"d\", \"\")",
        "a # comment                        | a",
      })
  void readsAndPrints(String query, String printed) {
    assertThat(ExprText.of(PromqlParser.parse(query))).isEqualTo(printed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "(                        | 1:2: unclosed left parenthesis",
        "1 +                      | 1:4: unexpected end of input",
        "*1                       | 1:1: unexpected <op:*>",
        "foo bar                  | 1:5: unexpected identifier \"bar\"",
        "foo(bar)                 | 1:1: unknown function with name \"foo\"",
        "rate(foo)                | 1:6: expected type range vector in call to function \"rate\", got instant vector",
        "rate(a[5m], 1)           | 1:1: expected 1 argument(s) in call to \"rate\", got 2",
        "label_join(a)            | 1:1: expected at least 3 argument(s) in call to \"label_join\", got 1",
        "round(a, 1, 2)           | 1:1: expected at most 2 argument(s) in call to \"round\", got 3",
        "sum()                    | 1:1: no arguments for aggregate expression provided",
        "topk(a)                  | 1:1: wrong number of arguments for aggregate expression provided, expected 2, got 1",
        "topk(a, b)               | 1:6: expected type scalar in aggregation parameter, got instant vector",
        "sum(1)                   | 1:5: expected type instant vector in aggregation expression, got scalar",
        "sum(a b)                 | 1:7: unexpected identifier \"b\" in aggregation",
        "sum by a (b)             | 1:8: unexpected identifier \"a\" in grouping opts, expected \"(\"",
        "sum by (=) (b)           | 1:9: unexpected \"=\" in grouping opts, expected label",
        "sum by (a b) (b)         | 1:11: unexpected identifier \"b\" in grouping opts, expected \",\" or \")\"",
        "sum(a,)                  | 1:6: trailing commas not allowed in function call args",
        "1 == 1                   | 1:3: comparisons between scalars must use BOOL modifier",
        "a + bool b               | 1:3: bool modifier can only be used on comparison operators",
        "a and 1                  | 1:1: set operator \"and\" not allowed in binary scalar expression",
        "a and on(b) group_left c | 1:1: no grouping allowed for \"and\" operation",
        "a + on(b) 1              | 1:1: vector matching only allowed between instant vectors",
        "a + \"b\"                | 1:5: binary expression must contain only scalar and instant vector types",
        "a{b}                     | 1:4: unexpected \"}\" in label matching, expected label matching operator",
        "a{b=c}                   | 1:5: unexpected identifier \"c\" in label matching, expected string",
        "a{b=\"c\"d}              | 1:8: unexpected identifier \"d\" in label matching, expected \",\" or \"}\"",
        "a{,}                     | 1:3: unexpected \",\" in label matching, expected identifier or \"}\"",
        "a{                       | 1:3: unexpected end of input inside braces",
        "{}                       | 1:1: vector selector must contain at least one non-empty matcher",
        "{a=~\".*\"}              | 1:1: vector selector must contain at least one non-empty matcher",
        "a{__name__=\"b\"}        | 1:1: metric name must not be set twice: \"a\" or \"b\"",
        "a[5m                     | 1:5: unclosed left bracket",
        "a[b]                     | 1:3: unexpected character in duration expression: 'b'",
        "a[0]                     | 1:3: duration must be greater than 0",
        "a[1m:b]                  | 1:6: unexpected character: 'b', expected ':'",
        "(a)[5m]                  | 1:4: ranges only allowed for vector selectors",
        "a offset 5m [5m]         | 1:13: no offset modifiers allowed before range",
        "a offset b               | 1:10: unexpected identifier \"b\" in offset, expected number, duration, step(), or range()",
        "a offset 1m offset 2m    | 1:1: offset may not be set multiple times",
        "1 offset 1m              | 1:1: offset modifier must be preceded by an instant vector selector or range vector selector or a subquery",
        "a @ b                    | 1:5: unexpected identifier \"b\" in @, expected timestamp",
        "a @ inf                  | 1:1: timestamp out of bounds for @ modifier: +Inf",
        "a @ 1 @ 2                | 1:1: @ <timestamp> may not be set multiple times",
        "a[5m:] anchored          | 1:1: anchored modifier is not supported for subqueries",
        "a anchored smoothed      | 1:1: anchored and smoothed modifiers cannot be used together",
        "1[5m:]                   | 1:1: subquery is only allowed on instant vector, got scalar instead",
        "-\"a\"                   | 1:1: unary expression only allowed on expressions of type scalar or instant vector, got \"string\"",
        "\"a                      | 1:1: unterminated quoted string",
        "'a\\q'                   | 1:1: unknown escape sequence U+0071 'q'",
        "1d1                      | 1:1: bad number or duration syntax: \"1d1\"",
        "a[1.5m]                  | 1:3: unknown unit \".\" in duration \"1.5m\"",
        "a[37m1m]                 | 1:3: not a valid duration string: \"37m1m\"",
        "5mm                      | 1:1: bad number or duration syntax: \"5mm\"",
        "10minf                   | 1:1: bad number or duration syntax: \"10mi\"",
        "1e5pod                   | 1:1: bad number or duration syntax: \"1e5\"",
        "1.5.5                    | 1:1: bad number or duration syntax: \"1.5.\"",
        "1_                       | 1:1: bad number or duration syntax: \"1_\"",
        "1_ + 1                   | 1:1: error parsing number: strconv.ParseFloat: parsing \"1_\": invalid syntax",
        "0xAe                     | 1:1: bad number or duration syntax: \"0xAe\"",
        "1e400                    | 1:1: error parsing number: strconv.ParseFloat: parsing \"1e400\": value out of range",
        "a .5.5                   | 1:3: unexpected number \".5.5\"",
        "\\a                      | 1:1: unexpected character: '\\\\'",
        "a['                      | 1:3: unexpected character in duration expression: '\\''",
        "a{\\}                     | 1:3: unexpected character inside braces: '\\\\'",
        "abs(a,,b)                | 1:6: trailing commas not allowed in function call args",
        "time(vector())           | 1:1: expected 0 argument(s) in call to \"time\", got 1",
        "abs(\"a\", rate(b))       | 1:1: expected 1 argument(s) in call to \"abs\", got 2",
        "topk(rate(a), rate(b))   | 1:20: expected type range vector in call to function \"rate\", got instant vector",
        "delta(nothing()          | 1:7: unknown function with name \"nothing\"",
        "nothing(a))              | 1:1: unknown function with name \"nothing\"",
        "sum(a) offset 5m)        | 1:1: offset modifier must be preceded by an instant vector selector or range vector selector or a subquery",
        "a + on(b) group_left     | 1:21: unexpected end of input in grouping opts, expected \"(\"",
        "a + on(b) group_left == c | 1:22: unexpected <op:==> in grouping opts, expected \"(\"",
        "sum by (\"\\xff\") (a)    | 1:9: invalid label name for grouping: \"\\xff\"",
        "a[::]                    | 1:4: unexpected colon before duration in duration expression",
        "a @ 1e30                 | 1:1: timestamp out of bounds for @ modifier: 1000000000000000019884624838656.000000",
        "a)                       | 1:3: unexpected right parenthesis ')'",
        "a =~ b                   | 1:3: unexpected character after '=': '~'",
        "a ! b                    | 1:3: unexpected character after '!': ' '",
        "$a                       | 1:1: unexpected character: '$'",
        "a = b                    | 1:3: unexpected \"=\"",
        "a + by (b) c             | 1:8: unexpected \"(\"",
        "info(a, b)               | 1:9: expected label selectors only, got vector selector instead",
      })
  void saysWhatIsWrong(String query, String error) {
    String expected = error.replaceFirst(": ", ": parse error: ");
    assertThatThrownBy(() -> PromqlParser.parse(query))
        .isInstanceOf(ParseException.class)
        .hasMessage(expected);
  }

  @Test
  void emptyTextIsNoExpression() {
    assertThatThrownBy(() -> PromqlParser.parse(""))
        .hasMessage("unknown position: parse error: no expression found in input");
    assertThatThrownBy(() -> PromqlParser.parse(" # nothing"))
        .hasMessage("1:1: parse error: no expression found in input");
  }

  @Test
  void powersAssociateToTheRight() {
    BinaryExpr power = (BinaryExpr) PromqlParser.parse("2 ^ 3 ^ 2");
    assertThat(power.left()).isInstanceOf(NumberLiteral.class);
    assertThat(power.right()).isInstanceOf(BinaryExpr.class);
  }

  @Test
  void positionsAreThoseOfTheText() {
    Expr expr = PromqlParser.parse("  sum(rate(a[5m] offset 1m)) by (b) / 2");
    assertThat(expr.position()).isEqualTo(new Position(2, 39));
    assertThat(((BinaryExpr) expr).left().position()).isEqualTo(new Position(2, 35));
  }

  @Test
  void columnsCountBytes() {
    assertThatThrownBy(() -> PromqlParser.parse("\n{ä=\"b\"}")).hasMessageStartingWith("2:2: ");
    assertThatThrownBy(() -> PromqlParser.parse("a{b=\"äö\"} c")).hasMessageStartingWith("1:13: ");
  }

  @Test
  void bytesThatAreNoTextAreKept() {
    StringLiteral literal = (StringLiteral) PromqlParser.parse("\"a\\xc5z\\xc3\\xa9\\101\"");
    assertThat(literal.value()).isEqualTo("a\uDCC5zéA");
    assertThat(ExprText.of(literal)).isEqualTo("\"a\\xc5zéA\"");
  }

  @Test
  void nestingIsBounded() {
    for (String query :
        new String[] {
          "(".repeat(100_000),
          "-".repeat(100_000) + "1",
          "a" + "+a".repeat(100_000),
          "a" + "^a".repeat(100_000),
          "a" + "[1m:]".repeat(100_000),
          "a[" + "(".repeat(100_000),
          "a[" + "1+".repeat(100_000) + "1]",
          "a[" + "-".repeat(100_000) + "1]",
          "sum(".repeat(100_000)
        }) {
      assertThatThrownBy(() -> PromqlParser.parse(query))
          .isInstanceOf(ParseException.class)
          .hasMessageContaining("deeper than 500");
    }
  }

  @Test
  void selectorsMayBeWithoutCondition() {
    assertThat(PromqlParser.parseSelector("{}")).isEmpty();
    assertThat(PromqlParser.parseSelector("{job=\"x\",}")).hasSize(1);
    assertThat(PromqlParser.parseSelector("up{job=\"x\"}")).hasSize(2);
    assertThatThrownBy(() -> PromqlParser.parseSelector("up[5m]"))
        .hasMessage("1:3: parse error: unexpected \"[\"");
  }
}
