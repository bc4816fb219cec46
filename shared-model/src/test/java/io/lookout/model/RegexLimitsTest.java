package io.lookout.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused and how, as a Prometheus server answered. */
class RegexLimitsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "(a{1000}){1000};{1000}",
        "(a{1000}){2}?;{2}?",
        "((a{10}){11}){10};{10}",
        "(a{34}){30};{30}",
        "(a{500,}){3};{3}",
        "(?:a{100}){11};{11}",
        "(?i)(b|a{1000}){2};{2}",
        "((a{1000}){1}){2,};{2,}",
      })
  void nestedRepetitionsMultiply(String expression, String operator) {
    assertThatThrownBy(() -> LabelPattern.regex(expression))
        .isInstanceOf(LookoutException.class)
        .hasMessage("error parsing regexp: invalid repeat count: `" + operator + "`");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((a{10}){10}){10}",
        "(a{33}){30}",
        "(a{1000}b{1000}){1}",
        "((a{1000}){0}){5}",
        "(a*){1000}",
        "[{1000}]{2}",
        "\\{1000}{2}",
        "\\Q(a{1000}){1000}\\E",
        "(a{1000}{,3}){1}",
      })
  void whatDoesNotRepeatTooOftenIsTaken(String expression) {
    assertThatCode(() -> LabelPattern.regex(expression)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a{1000}{1000};invalid nested repetition operator: `{1000}{1000}`",
        "{2}(a{1000}){2};missing argument to repetition operator: `{2}`",
        "a{1001};invalid repeat count: `{1001}`",
      })
  void otherErrorsThatComeFirstAreTold(String expression, String problem) {
    assertThatThrownBy(() -> LabelPattern.regex(expression))
        .hasMessage("error parsing regexp: " + problem);
  }

  @Test
  void sizeAndDepthAreBounded() {
    String long3600 = "(" + "abcd".repeat(900) + "){1000}";
    assertThatThrownBy(() -> LabelPattern.regex(long3600))
        .hasMessage("error parsing regexp: expression too large: `" + long3600 + "`");
    String deep = "(".repeat(1001) + "a" + ")".repeat(1001);
    assertThatThrownBy(() -> LabelPattern.regex(deep))
        .hasMessage("error parsing regexp: expression nests too deeply: `" + deep + "`");
    String anchored = "(".repeat(999) + "a" + ")".repeat(999);
    assertThatThrownBy(() -> LabelPattern.regex(anchored))
        .hasMessage("error parsing regexp: expression nests too deeply: `^(?s:" + anchored + ")$`");
    assertThatCode(() -> LabelPattern.regex("(".repeat(998) + "a" + ")".repeat(998)))
        .doesNotThrowAnyException();
  }
}
