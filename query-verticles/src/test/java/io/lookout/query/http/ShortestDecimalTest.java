package io.lookout.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against the JDK, which is slower but finds the same. */
class ShortestDecimalTest {
  private final ShortestDecimal decimal = new ShortestDecimal();

  private void check(double value) {
    decimal.of(value);
    BigDecimal expected = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    if (decimal.digits() != expected.unscaledValue().longValueExact()
        || decimal.exponent() != -expected.scale()) {
      assertThat(decimal.digits() + "e" + decimal.exponent()).isEqualTo(expected.toString());
    }
  }

  @Test
  void findsTheDigitsOfAnyDouble() {
    SplittableRandom random = new SplittableRandom(2020);
    for (int i = 0; i < 200_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE);
      if (Double.isFinite(value) && value > 1e-320) {
        check(value);
      }
    }
  }

  @Test
  void findsTheDigitsOfOrdinaryNumbers() {
    SplittableRandom random = new SplittableRandom(2020);
    for (int i = 0; i < 200_000; i++) {
      check(random.nextDouble());
      check((1 + random.nextInt(10_000_000)) / 1000.0);
      check(1.0 + random.nextLong(1L << 60));
    }
  }

  @Test
  void findsTheDigitsAroundPowersOfTwoAndTen() {
    for (int q = -1060; q < 1024; q++) {
      double power = Math.scalb(1.0, q);
      check(power);
      check(Math.nextUp(power));
      check(Math.nextDown(power));
    }
    for (int k = -307; k <= 308; k++) {
      double power = Double.parseDouble("1e" + k);
      check(power);
      check(Math.nextUp(power));
      check(Math.nextDown(power));
    }
    check(Double.MAX_VALUE);
    check(Double.MIN_NORMAL);
  }

  @Test
  void theLeastNumberHasOneDigit() {
    decimal.of(Double.MIN_VALUE);
    assertThat(decimal.digits() + "e" + decimal.exponent()).isEqualTo("5e-324");
  }
}
