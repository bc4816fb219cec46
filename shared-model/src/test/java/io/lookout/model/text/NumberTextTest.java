package io.lookout.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumberTextTest {
  @Test
  void printsNumbersShort() {
    assertThat(NumberText.number(123456)).isEqualTo("123456");
    assertThat(NumberText.number(1234567)).isEqualTo("1.234567e+06");
    assertThat(NumberText.number(-0.0001)).isEqualTo("-0.0001");
    assertThat(NumberText.number(0.00001)).isEqualTo("1e-05");
    assertThat(NumberText.number(1e100)).isEqualTo("1e+100");
    assertThat(NumberText.number(-0.0)).isEqualTo("-0");
    assertThat(NumberText.number(Double.NaN)).isEqualTo("NaN");
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
