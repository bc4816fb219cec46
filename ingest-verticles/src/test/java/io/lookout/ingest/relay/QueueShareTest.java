package io.lookout.ingest.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.WriteBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueueShareTest {
  private static final int SERIES = 40;

  private static WriteBatch batch(int rounds) {
    WriteBatch.Builder batch = new WriteBatch.Builder("t", SERIES * rounds);
    for (int i = 0; i < SERIES; i++) {
      batch.series(SeriesKey.of("t", Labels.of("__name__", "m", "i", Integer.toString(i))));
    }
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < SERIES; i++) {
        batch.sample(i, round, i);
      }
    }
    return batch.build();
  }

  @Test
  void aSeriesHasOneQueueAndKeepsItsOrder() {
    WriteBatch whole = batch(10);
    Map<Labels, Integer> queueOf = new HashMap<>();
    Map<Labels, Long> lastTime = new HashMap<>();
    int samples = 0;
    for (QueueShare.Part part : QueueShare.of(whole, 4, 7)) {
      assertThat(part.batch().sampleCount()).isLessThanOrEqualTo(7);
      for (int i = 0; i < part.batch().sampleCount(); i++) {
        Labels labels = part.batch().series()[part.batch().seriesOf()[i]].labels();
        assertThat(queueOf.merge(labels, part.queue(), (a, b) -> a)).isEqualTo(part.queue());
        Long before = lastTime.put(labels, part.batch().times()[i]);
        assertThat(before == null || before < part.batch().times()[i]).isTrue();
        samples++;
      }
    }
    assertThat(samples).isEqualTo(whole.sampleCount());
    assertThat(queueOf.values()).contains(0, 1, 2, 3);
  }

  @Test
  void exemplarsAndMetadataGoAlong() {
    List<QueueShare.Part> parts = QueueShare.of(Batches.ofEverything(), 3, 1);
    assertThat(parts.stream().mapToInt(part -> part.batch().exemplars().size()).sum()).isOne();
    assertThat(parts.stream().anyMatch(part -> !part.batch().metadata().isEmpty())).isTrue();
    assertThat(parts.stream().mapToInt(part -> part.batch().sampleCount()).sum()).isEqualTo(5);
  }
}
