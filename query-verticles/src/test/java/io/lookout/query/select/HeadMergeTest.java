package io.lookout.query.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.bus.HeadResult;
import io.lookout.model.bus.HeadResult.Count;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadMergeTest {
  private static HeadResult head(long series, long from, long to, Count... counts) {
    List<Count> list = List.of(counts);
    return new HeadResult(series, 2 * series, 10, from, to, list, list, list, list);
  }

  @Test
  void seriesAddUpAndValuesMayBeTheSame() {
    HeadResult merged =
        HeadMerge.of(
            head(5, 10, 20, new Count("a", 3), new Count("b", 2)),
            head(7, 15, 30, new Count("b", 4), new Count("c", 1)),
            2);
    assertThat(merged.series()).isEqualTo(12);
    assertThat(merged.chunks()).isEqualTo(24);
    assertThat(merged.minTime()).isEqualTo(10);
    assertThat(merged.maxTime()).isEqualTo(30);
    assertThat(merged.seriesByMetric()).containsExactly(new Count("b", 6), new Count("a", 3));
    assertThat(merged.valuesByLabel()).containsExactly(new Count("b", 4), new Count("a", 3));
  }
}
