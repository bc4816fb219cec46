package io.lookout.cluster.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PartitionProgressTest {
  private final PartitionProgress progress = new PartitionProgress();

  @Test
  void nothingIsCommittedBeforeSomethingIsDone() {
    assertThat(progress.toCommit()).isEmpty();
    progress.begin(7, 10);
    assertThat(progress.toCommit()).isEmpty();
    assertThat(progress.bytes()).isEqualTo(10);
  }

  @Test
  void anOffsetIsCommittedWhenAllBeforeItAreDone() {
    var first = progress.begin(7, 10);
    var second = progress.begin(9, 20);
    var third = progress.begin(10, 30);
    progress.done(second);
    assertThat(progress.toCommit()).isEmpty();
    progress.done(first);
    assertThat(progress.toCommit()).hasValue(10);
    progress.committed(10);
    assertThat(progress.toCommit()).isEmpty();
    progress.done(third);
    assertThat(progress.toCommit()).hasValue(11);
    assertThat(progress.bytes()).isZero();
  }

  @Test
  void inWhateverOrderRecordsEndNoneThatIsOpenIsCommitted() {
    SplittableRandom random = new SplittableRandom(11);
    List<PartitionProgress.Open> open = new ArrayList<>();
    List<Long> offsets = new ArrayList<>();
    long offset = 0;
    for (int step = 0; step < 10_000; step++) {
      if (open.isEmpty() || random.nextBoolean()) {
        offset += 1 + random.nextInt(3);
        open.add(progress.begin(offset, 1));
        offsets.add(offset);
      } else {
        int at = random.nextInt(open.size());
        progress.done(open.remove(at));
        offsets.remove(at);
      }
      long oldest = offsets.stream().mapToLong(each -> each).min().orElse(offset + 1);
      assertThat(progress.toCommit().orElse(0)).isLessThanOrEqualTo(oldest);
      assertThat(progress.bytes()).isGreaterThanOrEqualTo(open.size());
      assertThat(progress.bytes() == 0).isEqualTo(open.isEmpty());
    }
  }

  /** Else all that comes behind one that waits would be noted, and read again after a crash. */
  @Test
  void whatIsDealtWithBehindAnOpenRecordCountsUntilItCanBeCommitted() {
    PartitionProgress.Open first = progress.begin(0, 100);
    for (int i = 1; i <= 1000; i++) {
      progress.done(progress.begin(i, 10));
    }
    assertThat(progress.bytes()).isEqualTo(10_100);
    progress.done(first);
    assertThat(progress.bytes()).isZero();
    assertThat(progress.toCommit()).hasValue(1001);
  }
}
