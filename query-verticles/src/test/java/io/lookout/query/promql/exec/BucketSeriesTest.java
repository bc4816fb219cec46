package io.lookout.query.promql.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.aggregate.Aggregate;
import io.lookout.model.aggregate.TimePart;
import io.lookout.model.aggregate.Wanted;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.ChunkEncoder;
import io.lookout.query.promql.plan.Selection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BucketSeriesTest {
  private static final Selection CHANGE =
      new Selection(List.of(Matcher.equal("__name__", "x")), 0, 1000, Wanted.CHANGE, 100);

  private static SeriesChunks aggregate(Aggregate aggregate, long... times) {
    SampleColumns column = new SampleColumns();
    for (long time : times) {
      column.add(time, (double) time);
    }
    Labels labels = Labels.of("__name__", "x", Aggregate.LABEL, aggregate.text());
    return new SeriesChunks(
        SeriesKey.of("t", labels), List.of(new ChunkEncoder().encode(column, 0, column.size)));
  }

  private static String firstTimes(long[] first, long[] last) {
    ChunkSource source =
        new ChunkSource(
            Map.of(
                CHANGE,
                List.of(
                    aggregate(Aggregate.FIRST, first),
                    aggregate(Aggregate.LAST, last),
                    aggregate(Aggregate.COUNT, last),
                    aggregate(Aggregate.RESETS, last))),
            Map.of(CHANGE, List.of(new TimePart(100, 0, 1000))));
    SampleColumns read = new SampleColumns();
    source.select(CHANGE).reader().read(0, 0, 1000, read);
    assertThat(Arrays.copyOf(read.times, read.size)).isEqualTo(last);
    return Arrays.toString(
        Arrays.copyOf(Objects.requireNonNull(read.buckets).firstTimes, read.size));
  }

  /** Past the retention of samples buckets go one aggregate after the other, by their times. */
  @Test
  void aDeletionMayEndInsideABucket() {
    long[] last = {90, 190, 290};
    assertThat(firstTimes(new long[] {10, 110, 210}, last)).isEqualTo("[10, 110, 210]");
    // Until 20: the first of the first bucket went.
    assertThat(firstTimes(new long[] {110, 210}, last)).isEqualTo("[90, 110, 210]");
    // From 150 to 220: of the second bucket the last went, of the third the first.
    assertThat(firstTimes(new long[] {10, 110}, new long[] {90, 290})).isEqualTo("[10, 290]");
    // From 150 to 200: of the second bucket the last went.
    assertThat(firstTimes(new long[] {10, 110, 210}, new long[] {90, 290})).isEqualTo("[10, 210]");
    assertThat(firstTimes(new long[] {300}, new long[] {90})).isEqualTo("[90]");
  }
}
