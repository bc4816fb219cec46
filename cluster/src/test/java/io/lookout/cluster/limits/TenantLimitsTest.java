package io.lookout.cluster.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantLimitsTest {
  private static TenantLimits limits(String... tenants) {
    return new TenantLimits(new LimitSettings(100, 50, 0, List.of(tenants)));
  }

  @Test
  void aTenantHasTheNumbersOfAllWhereItHasNoneOfItsOwn() {
    TenantLimits limits = limits("a/series=7", "a/labels.count=3", "b/rate=9", "b/burst=10");
    assertThat(limits.series("a")).isEqualTo(7);
    assertThat(limits.series("b")).isEqualTo(100);
    assertThat(limits.rate("a")).isEqualTo(50);
    assertThat(limits.burst("a")).as("ten seconds").isEqualTo(500);
    assertThat(limits.rate("b")).isEqualTo(9);
    assertThat(limits.burst("b")).isEqualTo(10);
    assertThat(limits.of("a", Limit.LABEL_COUNT, 128)).isEqualTo(3);
    assertThat(limits.of("c", Limit.LABEL_COUNT, 128)).isEqualTo(128);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a/series", "/series=3", "a/serie=3", "a/series=x", "a/series=-1"})
  void whatIsNoOverrideIsNamed(String entry) {
    assertThatThrownBy(() -> limits(entry))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("limits.tenants: '" + entry + "'");
  }
}
