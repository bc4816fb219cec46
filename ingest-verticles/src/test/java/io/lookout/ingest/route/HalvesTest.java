package io.lookout.ingest.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.WriteBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class HalvesTest {
  private static WriteBatch batch(int samples, int exemplars, int metadata) {
    WriteBatch.Builder batch = new WriteBatch.Builder("t", samples);
    for (int i = 0; i < 3; i++) {
      batch.series(SeriesKey.of("t", Labels.of("__name__", "m" + i)));
    }
    for (int i = 0; i < samples; i++) {
      batch.sample(i % 3, i, i);
    }
    for (int i = 0; i < exemplars; i++) {
      batch.exemplar(i % 3, new Exemplar(Labels.EMPTY, i, i));
    }
    for (int i = 0; i < metadata; i++) {
      batch.metadata(new MetricMetadata("m" + i, "gauge", "", ""));
    }
    return batch.build();
  }

  @Test
  void metadataIsNeverWithSamplesAgain() {
    List<WriteBatch> parts = Halves.of(batch(5, 2, 3));

    assertThat(parts).hasSize(2);
    assertThat(parts.get(0).sampleCount()).isEqualTo(5);
    assertThat(parts.get(0).exemplars()).hasSize(2);
    assertThat(parts.get(0).metadata()).isEmpty();
    assertThat(parts.get(1).sampleCount()).isZero();
    assertThat(parts.get(1).metadata()).hasSize(3);
  }

  @Test
  void allOfABatchIsInItsSmallestParts() {
    List<String> found = new ArrayList<>();
    Deque<WriteBatch> rest = new ArrayDeque<>(List.of(batch(7, 5, 4)));
    while (!rest.isEmpty()) {
      WriteBatch part = rest.removeFirst();
      List<WriteBatch> halves = Halves.of(part);
      rest.addAll(halves);
      if (halves.isEmpty()) {
        found.add(only(part));
      }
    }
    assertThat(found)
        .containsExactlyInAnyOrder(
            "m0@0",
            "m1@1",
            "m2@2",
            "m0@3",
            "m1@4",
            "m2@5",
            "m0@6",
            "m0 has 0",
            "m1 has 1",
            "m2 has 2",
            "m0 has 3",
            "m1 has 4",
            "is m0",
            "is m1",
            "is m2",
            "is m3");
  }

  private static String only(WriteBatch part) {
    assertThat(part.sampleCount() + part.exemplars().size() + part.metadata().size()).isOne();
    if (!part.metadata().isEmpty()) {
      return "is " + part.metadata().getFirst().metricFamily();
    }
    assertThat(part.seriesCount()).isOne();
    String name = part.series()[0].labels().metricName();
    return part.sampleCount() == 1
        ? name + "@" + part.times()[0]
        : name + " has " + part.exemplars().getFirst().exemplar().time();
  }

  @Test
  void nothingIsLeftOfWhatCannotBeSmaller() {
    assertThat(Halves.of(batch(1, 0, 0))).isEmpty();
    assertThat(Halves.of(batch(0, 0, 1))).isEmpty();
  }
}
