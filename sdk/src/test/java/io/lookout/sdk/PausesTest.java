package io.lookout.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PausesTest {
  private final Pauses pauses = new Pauses(new SplittableRandom(1));

  @Test
  void growUpToAMinute() {
    assertThat(pauses.millis(0)).isBetween(250L, 500L);
    assertThat(pauses.millis(0)).isBetween(500L, 1_000L);
    for (int i = 0; i < 20; i++) {
      assertThat(pauses.millis(0)).isLessThanOrEqualTo(60_000);
    }
    pauses.reset();
    assertThat(pauses.millis(0)).isBetween(250L, 500L);
  }

  @Test
  void obeyTheServerWithinReason() {
    assertThat(pauses.millis(7_000)).isEqualTo(7_000);
    assertThat(pauses.millis(86_400_000)).isEqualTo(300_000);
  }
}
