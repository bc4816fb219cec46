package io.lookout.query.promql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.query.promql.ast.Expr;
import io.lookout.query.promql.text.ExprText;
import io.lookout.query.promql.text.PrettyText;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ParserPropertyTest {
  private static final int EXPRESSIONS = 5_000;
  private static final String NOISE =
      "()[]{},:=!~<>+-*/%^@#\"'`\\ .0123456789abemsx_\n\uFFFDé\uD800";

  @Test
  void whatIsPrintedReadsTheSame() {
    RandomExpressions expressions = new RandomExpressions(42);
    for (int i = 0; i < EXPRESSIONS; i++) {
      String query = expressions.next();
      Expr expr = PromqlParser.parse(query);
      String printed = ExprText.of(expr);
      assertThat(ExprText.of(PromqlParser.parse(printed))).as(query).isEqualTo(printed);
      String pretty = PrettyText.of(expr);
      assertThat(ExprText.of(PromqlParser.parse(pretty))).as(query).isEqualTo(printed);
    }
  }

  @Test
  void whateverTheTextOnlyTheDeclaredErrorComesOut() {
    RandomExpressions expressions = new RandomExpressions(43);
    SplittableRandom random = new SplittableRandom(44);
    int read = 0;
    for (int i = 0; i < 4 * EXPRESSIONS; i++) {
      String query = mutated(expressions.next(), random);
      try {
        Expr expr = PromqlParser.parse(query);
        assertThat(expr.position().end()).as(query).isLessThanOrEqualTo(query.length());
        read++;
      } catch (ParseException e) {
        assertThat(e.getMessage()).as(query).contains("parse error: ");
      }
    }
    assertThat(read).isPositive();
  }

  private static String mutated(String query, SplittableRandom random) {
    StringBuilder text = new StringBuilder(query);
    for (int n = 1 + random.nextInt(3); n > 0 && !text.isEmpty(); n--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.setCharAt(at, NOISE.charAt(random.nextInt(NOISE.length())));
        case 2 -> text.insert(at, NOISE.charAt(random.nextInt(NOISE.length())));
        default -> text.setLength(at);
      }
    }
    return text.toString();
  }
}
