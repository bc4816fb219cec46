package io.lookout.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "-0.0, -0, -0",
    "1.5, 1.5, 1.5",
    "123456, 123456, 123456",
    "1234567, 1234567, 1.234567e+06",
    "1e6, 1000000, 1e+06",
    "1e15, 1000000000000000, 1e+15",
    "1e20, 100000000000000000000, 1e+20",
    "1e21, 1000000000000000000000, 1e+21",
    "-0.0001, -0.0001, -0.0001",
    "0.00001, 0.00001, 1e-05",
    "1.25e-7, 0.000000125, 1.25e-07",
    "NaN, NaN, NaN",
    "Infinity, +Inf, +Inf",
    "-Infinity, -Inf, -Inf"
  })
  void isTheShortestThatReadsBack(double value, String plain, String number) {
    assertThat(NumberText.plain(value)).isEqualTo(plain);
    assertThat(NumberText.number(value)).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({"0.125, 0.12", "123, 1.2e+02", "-9.99, -10", "1e-9, 1e-09", "0, 0", "NaN, NaN"})
  void roundsToSignificantDigits(double value, String text) {
    assertThat(NumberText.rounded(value, 2)).isEqualTo(text);
  }

  @Test
  void boundsNeverLookLikeIntegers() {
    assertThat(NumberText.bound(1)).isEqualTo("1.0");
    assertThat(NumberText.bound(0.25)).isEqualTo("0.25");
    assertThat(NumberText.bound(1e6)).isEqualTo("1e+06");
    assertThat(NumberText.bound(Double.POSITIVE_INFINITY)).isEqualTo("+Inf");
    assertThat(NumberText.bound(-0.0)).isEqualTo("-0.0");
  }
}
