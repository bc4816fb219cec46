package io.lookout.query.promql.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "-0.0, -0, -0",
    "1.5, 1.5, 1.5",
    "123456, 123456, 123456",
    "1e6, 1000000, 1e+06",
    "1e15, 1000000000000000, 1e+15",
    "1e20, 100000000000000000000, 1e+20",
    "1e21, 1000000000000000000000, 1e+21",
    "1.25e-7, 0.000000125, 1.25e-07",
    "NaN, NaN, NaN",
    "Infinity, +Inf, +Inf",
    "-Infinity, -Inf, -Inf"
  })
  void isTheShortestThatReadsBack(double value, String plain, String general) {
    assertThat(NumberText.plain(value)).isEqualTo(plain);
    assertThat(NumberText.general(value)).isEqualTo(general);
  }
}
