package io.lookout.cluster.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.bus.KnownNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CensusTest {
  private static final long NOW = 1_000_000;

  private final Census census = new Census(Duration.ofSeconds(1));

  private List<String> missing(long now, String... present) {
    return census.missing(Set.of(present), now).stream().map(KnownNode::id).toList();
  }

  @Test
  void whoWasHeardAndIsNotThereIsMissed() {
    census.heard("a", NOW);
    census.heard("b", NOW);
    assertThat(missing(NOW + 1, "a", "b")).isEmpty();
    assertThat(missing(NOW + 1, "b")).containsExactly("a");
  }

  @Test
  void afterAWhileItIsNotMissedAnyMore() {
    census.heard("a", NOW);
    assertThat(missing(NOW + 999)).containsExactly("a");
    assertThat(missing(NOW + 1000)).isEmpty();
  }

  @Test
  void whoIsForgottenIsNotMissedUntilItCameBack() {
    census.heard("a", NOW);
    census.forget("a", NOW + 1);
    assertThat(missing(NOW + 2)).isEmpty();
    census.heard("a", NOW + 3);
    assertThat(missing(NOW + 4)).containsExactly("a");
  }

  /** The clock of who forgot it was ahead, and of who hears it is behind. */
  @Test
  void whoCameBackIsMissedAgainByAnyClock() {
    census.merge(List.of(new KnownNode("a", NOW + 500, true)), NOW);
    census.heard("a", NOW);
    assertThat(missing(NOW + 1)).containsExactly("a");
  }

  @Test
  void nodesComeToTheSameInWhateverOrderTheyHear() {
    KnownNode heard = new KnownNode("a", NOW, false);
    KnownNode forgotten = new KnownNode("a", NOW + 5, true);
    census.merge(List.of(heard), NOW + 6);
    census.merge(List.of(forgotten), NOW + 6);
    census.merge(List.of(heard), NOW + 6);
    assertThat(census.all(NOW + 6)).containsExactly(forgotten);
  }

  @Test
  void whatIsTooOldIsNotLearnt() {
    census.merge(List.of(new KnownNode("a", NOW - 1000, false)), NOW);
    assertThat(census.all(NOW)).isEmpty();
  }

  @Test
  void whereNobodyIsMissedNobodyIsKept() {
    Census none = new Census(Duration.ZERO);
    none.heard("a", NOW);
    assertThat(none.all(NOW)).isEmpty();
  }

  @Test
  void theFileOutlivesTheProcess(@TempDir Path directory) throws IOException {
    CensusFile file = new CensusFile(directory.resolve("storage-nodes"));
    assertThat(file.read()).isEmpty();
    List<KnownNode> nodes =
        List.of(new KnownNode("a b", NOW, false), new KnownNode("c", NOW + 1, true));
    file.write(nodes);
    assertThat(file.read()).isEqualTo(nodes);
    Files.writeString(file.path(), "no line of mine\n\n123 known d\n");
    assertThat(file.read()).containsExactly(new KnownNode("d", 123, false));
  }
}
