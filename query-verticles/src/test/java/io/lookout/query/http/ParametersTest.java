package io.lookout.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.model.LookoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {
  @Test
  void thoseOfTheFormComeFirst() {
    Parameters parameters = Parameters.of("a=1&b=+x%2B", "a=2&b=&c&=d&&");
    assertThat(parameters.all("a")).containsExactly("1", "2");
    assertThat(parameters.first("b")).isEqualTo(" x+");
    assertThat(parameters.all("c")).containsExactly("");
    assertThat(parameters.all("")).containsExactly("d");
    parameters.requireWellEncoded();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a=1&b=%zz&c=3 | invalid URL escape \"%zz\"",
        "a=1&%4=x&c=3  | invalid URL escape \"%4\"",
        "a=1&b=x%&c=3  | invalid URL escape \"%\"",
        "a=1&b;b=2&c=3 | invalid semicolon separator in query",
      })
  void whatIsBadlyEncodedIsLeftOutAlone(String query, String problem) {
    Parameters parameters = Parameters.of("", query);
    assertThat(parameters.first("a")).isEqualTo("1");
    assertThat(parameters.first("b")).isEmpty();
    assertThat(parameters.first("c")).isEqualTo("3");
    assertThatThrownBy(parameters::requireWellEncoded)
        .isInstanceOf(LookoutException.class)
        .hasMessage("error parsing form values: " + problem);
  }

  @Test
  void thereAreNotTooMany() {
    Parameters parameters = Parameters.of("a&".repeat(20_000), "b=1");
    assertThat(parameters.all("a")).hasSize(10_000);
    assertThatThrownBy(parameters::requireWellEncoded).hasMessageContaining("10000 parameters");
  }

  @Test
  void bytesThatAreNotUtf8AreReplaced() {
    assertThat(PercentText.decode("%C3%BC%FF")).isEqualTo("\u00fc\ufffd");
    assertThat(PercentText.labelName("%C3%BC+")).isEqualTo("\u00fc+");
    assertThatThrownBy(() -> PercentText.labelName("a%ff"))
        .hasMessage("invalid label name: \"a\\xff\"");
  }
}
