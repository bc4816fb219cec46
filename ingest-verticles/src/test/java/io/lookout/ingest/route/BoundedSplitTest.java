package io.lookout.ingest.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.WriteBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoundedSplitTest {
  private static final int SERIES = 40;

  private record ByFingerprint(int count, boolean allNeedMetadata) implements BoundedSplit.Places {
    @Override
    public int of(SeriesKey series) {
      return (int) Long.remainderUnsigned(series.fingerprint().low(), count);
    }
  }

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
  void aSeriesHasOnePlaceAndKeepsItsOrder() {
    WriteBatch whole = batch(10);
    Map<Labels, Integer> placeOf = new HashMap<>();
    Map<Labels, Long> lastTime = new HashMap<>();
    int samples = 0;
    for (BoundedSplit.Part part : BoundedSplit.of(whole, new ByFingerprint(4, true), 7)) {
      assertThat(part.batch().sampleCount()).isLessThanOrEqualTo(7);
      for (int i = 0; i < part.batch().sampleCount(); i++) {
        Labels labels = part.batch().series()[part.batch().seriesOf()[i]].labels();
        assertThat(placeOf.merge(labels, part.place(), (a, b) -> a)).isEqualTo(part.place());
        Long before = lastTime.put(labels, part.batch().times()[i]);
        assertThat(before == null || before < part.batch().times()[i]).isTrue();
        samples++;
      }
    }
    assertThat(samples).isEqualTo(whole.sampleCount());
    assertThat(placeOf.values()).contains(0, 1, 2, 3);
  }

  private static WriteBatch ofEverything() {
    WriteBatch.Builder batch = new WriteBatch.Builder("t", SERIES);
    for (int i = 0; i < SERIES; i++) {
      SeriesKey key = SeriesKey.of("t", Labels.of("__name__", "m", "i", Integer.toString(i)));
      batch.sample(batch.series(key), 1, i);
    }
    batch.exemplar(3, new Exemplar(Labels.of("trace_id", "abc"), 2.5, 1));
    batch.metadata(new MetricMetadata("m", "gauge", "", ""));
    return batch.build();
  }

  @Test
  void exemplarsAndMetadataGoAlong() {
    List<BoundedSplit.Part> parts = BoundedSplit.of(ofEverything(), new ByFingerprint(3, true), 1);
    assertThat(parts.stream().mapToInt(part -> part.batch().exemplars().size()).sum()).isOne();
    assertThat(parts.stream().mapToInt(part -> part.batch().metadata().size()).sum()).isEqualTo(3);
    assertThat(parts.stream().mapToInt(part -> part.batch().sampleCount()).sum()).isEqualTo(SERIES);
  }

  @Test
  void metadataMayGoOnce() {
    List<BoundedSplit.Part> parts = BoundedSplit.of(ofEverything(), new ByFingerprint(3, false), 9);
    assertThat(parts.stream().mapToInt(part -> part.batch().metadata().size()).sum()).isOne();
  }
}
