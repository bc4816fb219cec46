package io.lookout.ingest.textpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PushGroupsTest {
  private final PushGroups groups = new PushGroups(10);

  private static Labels job(int number) {
    return Labels.of("job", "j" + number);
  }

  private static SeriesKey series(int job, String name) {
    return SeriesKey.of("t", job(job).toBuilder().set("__name__", name).build());
  }

  private PushGroups.Change push(int job, String name, String type, boolean replacing) {
    return groups.push(
        new PushGroups.Push(
            "t",
            job(job),
            Map.of(series(job, name), 1.0),
            Map.of(name, new PushedFamily(type, "", 5)),
            replacing,
            5));
  }

  @Test
  void whatIsReplacedIsGone() {
    push(1, "a", "counter", true);
    assertThat(push(1, "b", "counter", false).gone()).isEmpty();
    assertThat(push(1, "c", "counter", true).gone())
        .containsExactlyInAnyOrder(series(1, "a"), series(1, "b"));
    assertThat(groups.delete("t", job(1))).containsExactly(series(1, "c"));
    assertThat(groups.delete("t", job(1))).isNull();
  }

  @Test
  void aRefusedPushChangesNothing() {
    push(1, "a", "counter", true);
    assertThatThrownBy(() -> push(2, "a", "gauge", true)).hasMessageContaining("is not a counter");
    assertThat(groups.delete("t", job(2))).isNull();
    assertThat(push(2, "a", "counter", true).failed()).isZero();
  }

  @Test
  void failuresAndSuccessesAreRemembered() {
    assertThat(groups.fail("t", job(1), 3)).isZero();
    assertThat(push(1, "a", "counter", true).failed()).isEqualTo(3);
    assertThat(groups.fail("t", job(1), 9)).isEqualTo(5);
    assertThat(groups.delete("t", job(1))).containsExactly(series(1, "a"));
  }

  @Test
  void groupsThatWereSilentLongestAreForgottenWithTheirTypes() {
    push(1, "a", "counter", true);
    for (int job = 2; job < 200; job++) {
      push(job, "b", "counter", true);
      groups.fail("t", job(1000 + job), 1);
    }
    assertThat(groups.delete("t", job(1))).isNull();
    assertThat(push(1, "a", "gauge", true).gone()).isEmpty();
  }
}
