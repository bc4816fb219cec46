package io.lookout.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against the JDK's digits, and within the room that is promised to be enough. */
class FloatDigitsTest {
  private final FloatDigits floats = new FloatDigits();
  private final SplittableRandom random = new SplittableRandom(5);

  private String text(double value) {
    byte[] room = new byte[FloatDigits.LONGEST];
    return new String(room, 0, floats.write(value, room, 0), StandardCharsets.US_ASCII);
  }

  private String plainText(double value) {
    byte[] room = new byte[FloatDigits.LONGEST_PLAIN];
    return new String(room, 0, floats.writePlain(value, room, 0), StandardCharsets.US_ASCII);
  }

  private static String digits(double value) {
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  private void check(double value) {
    if (!plainText(value).equals(digits(value))) {
      assertThat(plainText(value)).isEqualTo(digits(value));
    }
    double magnitude = Math.abs(value);
    if (magnitude >= 1e-6 && magnitude < 1e21) {
      assertThat(text(value)).isEqualTo(digits(value));
    } else {
      assertThat(text(value)).matches("-?[1-9](\\.[0-9]*[1-9])?e[+-][0-9]{2,3}");
      assertThat(Double.parseDouble(text(value))).isEqualTo(value);
    }
  }

  @Test
  void anyNumberHasItsShortestDigits() {
    for (int i = 0; i < 50_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value) && Math.abs(value) > 1e-320) {
        check(value);
      }
      check(random.nextDouble() * Math.pow(10, random.nextInt(24) - 8) - 0.5);
    }
    check(Double.MAX_VALUE);
    check(-Double.MAX_VALUE);
    check(-Double.MIN_NORMAL);
    assertThat(plainText(-Double.MIN_VALUE)).hasSize(327).startsWith("-0.000").endsWith("05");
  }

  /** Among them those that are a fraction of one to three digits, and their neighbours. */
  @Test
  void numbersOfFewDigitsHaveThese() {
    for (int i = 0; i < 50_000; i++) {
      long scale = new long[] {1, 10, 100, 1000, 10_000}[random.nextInt(5)];
      double value = (random.nextLong(1L << random.nextInt(1, 44)) + 1) / (double) scale;
      check(value);
      check(-value);
      check(Math.nextUp(value));
      check(Math.nextDown(value));
    }
    check(0.001);
    check(0.0005);
    check(999_999_999.999);
    check(1_000_000_000.001);
  }
}
