package io.lookout.storage.downsample;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.aggregate.Aggregate;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.model.histogram.HistogramBuilder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SeriesAggregatesTest {
  private static final SeriesKey KEY = SeriesKey.of("t", Labels.of("__name__", "x"));

  /** Of buckets of 100 ms: by aggregate, empty for what is kept as it is. */
  private static Map<String, String> aggregates(SampleColumns samples) {
    SeriesAggregates aggregates = new SeriesAggregates(100);
    aggregates.add(samples);
    ChunkMerge chunks = new ChunkMerge();
    Map<String, String> texts = new TreeMap<>();
    for (SeriesChunks each : aggregates.take("t", KEY, chunks)) {
      SampleColumns columns = chunks.samples(each.chunks());
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < columns.size; i++) {
        text.append(columns.times[i]).append('=').append(columns.values[i]).append(' ');
      }
      texts.put(each.key().labels().valueOf(Aggregate.LABEL), text.toString().strip());
    }
    return texts;
  }

  private static SampleColumns samples(double... timesAndValues) {
    SampleColumns samples = new SampleColumns();
    for (int i = 0; i < timesAndValues.length; i += 2) {
      samples.add((long) timesAndValues[i], timesAndValues[i + 1]);
    }
    return samples;
  }

  @Test
  void aBucketIsOpenAtItsStartAndClosedAtItsEnd() {
    assertThat(aggregates(samples(100, 1, 101, 2, 150, 7, 200, 3, 201, 4)))
        .containsEntry("first", "100=1.0 101=2.0 201=4.0")
        .containsEntry("last", "100=1.0 200=3.0 201=4.0")
        .containsEntry("min", "100=1.0 200=2.0 201=4.0")
        .containsEntry("max", "100=1.0 200=7.0 201=4.0")
        .containsEntry("sum", "100=1.0 200=12.0 201=4.0")
        .containsEntry("count", "100=1.0 200=3.0 201=1.0")
        .containsEntry("resets", "100=0.0 200=7.0 201=0.0");
  }

  @Test
  void aStalenessMarkerIsKeptWhereNothingFollowsInTheBucket() {
    double stale = SampleColumns.STALE_NAN;
    Map<String, String> aggregates = aggregates(samples(10, 1, 20, stale, 30, 2, 110, stale));

    assertThat(aggregates).containsEntry("count", "30=2.0").containsEntry("stale", "110=NaN");
    assertThat(aggregates(samples(10, 1)).keySet()).doesNotContain("stale");
  }

  @Test
  void aRestartAccordingToStartTimestampsIsAReset() {
    SampleColumns samples = samples(10, 5, 30, 6);
    samples.startTimeColumn()[1] = 20;

    assertThat(aggregates(samples)).containsEntry("resets", "30=5.0");
  }

  @Test
  void nativeHistogramsStayAsTheyAreAndNaNIsNoExtreme() {
    SampleColumns samples = samples(10, Double.NaN, 20, 3);
    samples.add(30, new HistogramBuilder().count(2).sum(9).positive(0, 2).build());

    Map<String, String> aggregates = aggregates(samples);

    assertThat(aggregates).containsEntry("", "30=9.0").containsEntry("min", "20=3.0");
    assertThat(Arrays.asList("count", "sum", "max")).allMatch(aggregates::containsKey);
  }
}
