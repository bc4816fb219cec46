package io.lookout.model.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  @Test
  void theWaitDoublesUpToItsBoundAndIsUpToHalfLessByChance() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1000; i++) {
      assertThat(backoff.delay(1, random)).isBetween(500L, 1_000L);
      assertThat(backoff.delay(3, random)).isBetween(2_000L, 4_000L);
      assertThat(backoff.delay(100, random)).isBetween(30_000L, 60_000L);
    }
  }

  @Test
  void nodesThatFailTogetherComeBackApart() {
    assertThat(backoff.delay(6, new SplittableRandom(1)))
        .isNotEqualTo(backoff.delay(6, new SplittableRandom(2)));
  }
}
