package io.lookout.ingest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.cluster.limits.LimitSettings;
import io.lookout.cluster.limits.TenantLimits;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private long now = 1_000_000;
  private final RateLimit limit =
      new RateLimit(
          new TenantLimits(new LimitSettings(0, 100, 300, List.of("free/rate=0"))), new Steps());

  /** Shows what the test sets. */
  private final class Steps extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(now);
    }
  }

  private boolean takes(String tenant, int samples) {
    try {
      limit.take(tenant, samples);
      return true;
    } catch (LookoutException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.TENANT_LIMIT);
      return false;
    }
  }

  @Test
  void theBurstIsThereAtOnceAndFillsAtTheRate() {
    assertThat(takes("a", 200)).isTrue();
    assertThat(takes("a", 101)).isFalse();
    assertThat(takes("a", 100)).isTrue();
    assertThat(takes("a", 1)).isFalse();
    now += 500;
    assertThat(takes("a", 51)).isFalse();
    assertThat(takes("a", 50)).isTrue();
    assertThat(takes("b", 300)).as("another tenant").isTrue();
    assertThat(takes("free", 1_000_000)).as("a tenant without a limit").isTrue();
  }

  @Test
  void whatIsGivenBackCanBeTakenAgainAndIsNoMoreThanTheBurst() {
    assertThat(takes("a", 300)).isTrue();
    limit.giveBack("a", 300);
    assertThat(takes("a", 300)).isTrue();
    assertThat(takes("a", 1)).isFalse();
    limit.giveBack("a", 1000);
    assertThat(takes("a", 300)).isTrue();
    assertThat(takes("a", 1)).isFalse();
    limit.giveBack("unheard", 1);
  }

  @Test
  void aRequestLargerThanTheBurstIsTakenWhereTheBucketIsFullAndPaidForAfterwards() {
    assertThat(takes("a", 1000)).isTrue();
    now += 7_000;
    assertThat(takes("a", 1)).isFalse();
    now += 20;
    assertThat(takes("a", 1)).isTrue();
  }

  @Test
  void aClockThatIsSetBackTakesNothingAway() {
    assertThat(takes("a", 100)).isTrue();
    now -= 3_600_000;
    assertThat(takes("a", 200)).isTrue();
    now += 1_000;
    assertThat(takes("a", 100)).isTrue();
  }

  @Test
  void theMessageNamesTheLimits() {
    limit.take("a", 300);
    assertThatThrownBy(() -> limit.take("a", 5))
        .hasMessageContaining("tenant a")
        .hasMessageContaining("limits.rate")
        .hasMessageContaining("100 samples/s")
        .hasMessageContaining("limits.burst");
  }
}
