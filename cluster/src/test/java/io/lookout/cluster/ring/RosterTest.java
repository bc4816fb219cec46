package io.lookout.cluster.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.cluster.ring.Membership.StorageNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RosterTest {
  private static final StorageNode A = new StorageNode("a", 2);
  private static final StorageNode B = new StorageNode("b", 1);

  private final Roster roster = new Roster(Duration.ofNanos(100));

  @Test
  void holdsWhoWasHeardSortedById() {
    roster.heard(B, 0);
    roster.heard(A, 0);
    assertThat(roster.present(100)).containsExactly(A, B);
  }

  @Test
  void forgetsTheSilent() {
    roster.heard(A, 0);
    roster.heard(B, 50);
    assertThat(roster.present(101)).containsExactly(B);
    assertThat(roster.present(151)).isEmpty();
  }

  @Test
  void forgetsWhoLeaves() {
    roster.heard(A, 0);
    roster.left("a");
    assertThat(roster.present(1)).isEmpty();
  }

  @Test
  void takesTheLatestWord() {
    roster.heard(A, 0);
    roster.heard(new StorageNode("a", 4), 90);
    assertThat(roster.present(150)).containsExactly(new StorageNode("a", 4));
  }
}
