package io.lookout.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelPatternTest {
  @Test
  void listsOfValuesAreLookedUp() {
    assertThat(LabelPattern.regex("user|system|iowait"))
        .isEqualTo(new LabelPattern.OneOf(Set.of("user", "system", "iowait")));
    assertThat(LabelPattern.regex("(a|b)")).isEqualTo(new LabelPattern.OneOf(Set.of("a", "b")));
    assertThat(LabelPattern.regex("node-(?:1|2)\\.dc"))
        .isEqualTo(new LabelPattern.OneOf(Set.of("node-1.dc", "node-2.dc")));
    assertThat(LabelPattern.regex("a|")).isEqualTo(new LabelPattern.OneOf(Set.of("a", "")));
  }

  @Test
  void plainTextIsALiteral() {
    assertThat(LabelPattern.regex("10\\.0\\.0\\.1:9090"))
        .isEqualTo(LabelPattern.literal("10.0.0.1:9090"));
    assertThat(LabelPattern.regex("")).isEqualTo(LabelPattern.literal(""));
  }

  @Test
  void wildcardsAtTheEndsNeedNoEngine() {
    assertThat(LabelPattern.regex(".*")).isEqualTo(new LabelPattern.Affixes("", "", 0));
    assertThat(LabelPattern.regex(".+")).isEqualTo(new LabelPattern.Affixes("", "", 1));
    assertThat(LabelPattern.regex("node-.*")).isEqualTo(new LabelPattern.Affixes("node-", "", 0));
    assertThat(LabelPattern.regex(".+:9100")).isEqualTo(new LabelPattern.Affixes("", ":9100", 1));
    assertThat(LabelPattern.regex("a.*b")).isEqualTo(new LabelPattern.Affixes("a", "b", 0));
    assertThat(LabelPattern.regex(".*cpu.+")).isEqualTo(new LabelPattern.Contains("cpu", 0, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ab*",
        "a|b*",
        "(a|b)*",
        "(?i)abc",
        "[ab]",
        "a.b",
        "\\d+",
        "a{2}",
        ".*?",
        ".+*",
        "^a",
        "a$",
        "(a)|(b)",
        "a|(b)",
        ".*a.*b.*",
        "\\x41",
        "a(b"
      })
  void everythingElseIsLeftToTheEngineOrRefused(String expression) {
    try {
      assertThat(LabelPattern.regex(expression)).isInstanceOf(LabelPattern.Regex.class);
    } catch (LookoutException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.BAD_DATA);
    }
  }

  @ParameterizedTest
  @CsvSource({"aba,ab.*ba,false", "abba,ab.*ba,true", "ab,.*ab.+,false", "abab,.+ab.*,true"})
  void overlapsAreNotCountedTwice(String value, String expression, boolean matches) {
    assertThat(LabelPattern.regex(expression).matches(value)).isEqualTo(matches);
  }

  @Test
  void invalidExpressionsAreBadData() {
    assertThatThrownBy(() -> Matcher.regex("job", "a("))
        .isInstanceOfSatisfying(
            LookoutException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_DATA))
        .hasMessageContaining("error parsing regexp");
  }

  /**
   * Random expressions of the characters that matter: the recognised form answers as the engine
   * does.
   */
  @Test
  void recognisedPatternsAnswerAsTheEngineDoes() {
    SplittableRandom random = new SplittableRandom(11);
    String[] pieces = {"a", "b", ".*", ".+", "|", "(", ")", "\\.", "ab", "(a|b)", "(?:", "?", "\n"};
    String[] texts = {"", "a", "b", "ab", "ba", "aab", "abab", "a.b", ".", "a\nb", "aXb", "abXab"};
    int simple = 0;
    for (int i = 0; i < 30_000; i++) {
      StringBuilder expression = new StringBuilder();
      for (int n = random.nextInt(6); n > 0; n--) {
        expression.append(pieces[random.nextInt(pieces.length)]);
      }
      LabelPattern pattern;
      try {
        pattern = LabelPattern.regex(expression.toString());
      } catch (LookoutException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.BAD_DATA);
        continue;
      }
      simple += pattern instanceof LabelPattern.Regex ? 0 : 1;
      Pattern engine = Pattern.compile("^(?s:" + expression + ")$");
      for (String text : texts) {
        assertThat(pattern.matches(text))
            .as("%s on %s as %s", expression, text, pattern)
            .isEqualTo(engine.matcher(text).find());
      }
    }
    assertThat(simple).isGreaterThan(5_000);
  }

  @Test
  void aMatcherThatAcceptsTheEmptyStringAcceptsSeriesWithoutTheLabel() {
    Labels labels = Labels.of("__name__", "up");

    assertThat(Matcher.equal("job", "").matches(labels)).isTrue();
    assertThat(Matcher.notEqual("job", "x").matches(labels)).isTrue();
    assertThat(Matcher.regex("job", ".*").matches(labels)).isTrue();
    assertThat(Matcher.regex("job", ".+").matches(labels)).isFalse();
    assertThat(Matcher.notRegex("job", "a|").matches(labels)).isFalse();
    assertThat(Matcher.notRegex("service.name", "a.c")).hasToString("\"service.name\"!~\"a.c\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "(;missing closing ): `(`",
        "a);unexpected ): `a)`",
        "a)|(b;unexpected ): `a)|(b`",
        "a**;invalid nested repetition operator: `**`",
        "[z-a];invalid character class range: `z-a`"
      })
  void whatIsNoExpressionIsSaidAsPrometheusSaysIt(String expression, String problem) {
    assertThatThrownBy(() -> LabelPattern.regex(expression))
        .isInstanceOf(LookoutException.class)
        .hasMessage("error parsing regexp: " + problem);
  }

  @ParameterizedTest
  @CsvSource({
    "\\Qa.b,a.b,true",
    "\\Qa.b,axb,false",
    "x|\\Qa(,a(,true",
    "\\Qa\\Eb*\\Q,abb,true",
    "\\\\Qa,\\Qa,true",
    "\\Qa\\,a\\,true"
  })
  void quotationsNeedNoEnd(String expression, String text, boolean matches) {
    assertThat(LabelPattern.regex(expression).matches(text)).isEqualTo(matches);
  }
}
