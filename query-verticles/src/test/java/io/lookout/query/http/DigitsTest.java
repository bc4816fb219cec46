package io.lookout.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DigitsTest {
  /** Every power of ten and of two, and their neighbours. */
  static LongStream edges() {
    LongStream tens = LongStream.iterate(1, each -> each * 10).limit(19);
    LongStream twos = LongStream.iterate(1, each -> each * 2).limit(63);
    return LongStream.concat(tens, twos)
        .flatMap(each -> LongStream.of(each - 1, each, each + 1))
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("edges")
  void edgesAreCountedAndWritten(long value) {
    assertThat(written(value)).isEqualTo(Long.toString(value));
  }

  @Test
  void numbersOfAllLengthsAreWritten() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 20_000; i++) {
      long value = random.nextLong() >>> random.nextInt(1, Long.SIZE);
      assertThat(written(value)).isEqualTo(Long.toString(value));
    }
    assertThat(written(Long.MAX_VALUE)).isEqualTo(Long.toString(Long.MAX_VALUE));
  }

  @Test
  void theLastDigitsAreWrittenAloneAndFilledUp() {
    byte[] bytes = "..............".getBytes(StandardCharsets.US_ASCII);
    Digits.write(123_456_789_012L, 3, bytes, 1);
    Digits.write(42, 9, bytes, 5);
    assertThat(new String(bytes, StandardCharsets.US_ASCII)).isEqualTo(".012.000000042");
  }

  private static String written(long value) {
    byte[] bytes = new byte[Digits.count(value)];
    Digits.write(value, bytes.length, bytes, 0);
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
