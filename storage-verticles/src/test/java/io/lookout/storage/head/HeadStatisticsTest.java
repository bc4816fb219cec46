package io.lookout.storage.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.HeadResult;
import io.lookout.model.bus.HeadResult.Count;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadStatisticsTest {
  private final Head head = new Head(new HeadOptions(7_200_000, 2, 100, 1 << 20, 100));

  private int series(Head head, String tenant, String... labels) {
    return head.resolve(SeriesKey.of(tenant, Labels.of(labels)));
  }

  private static void sample(Head head, int slot, long time) {
    head.append(slot, time, 1, null, 0, time);
  }

  @Test
  void headsOfANodeAreAddedUp() {
    Head other = new Head(new HeadOptions(7_200_000, 2, 100, 1 << 20, 100));
    sample(head, series(head, "t", "__name__", "up", "job", "a"), 1000);
    sample(head, series(head, "t", "__name__", "up", "job", "bcd"), 2000);
    sample(other, series(other, "t", "__name__", "up", "job", "a", "x", "y"), 500);
    sample(other, series(other, "t", "__name__", "down", "job", "a"), 700);
    sample(other, series(other, "another", "__name__", "down", "job", "a"), 9);
    HeadStatistics all = new HeadStatistics();
    all.add(head.statistics("t"));
    all.add(other.statistics("t"));
    HeadResult result = all.result(2);
    assertThat(result.series()).isEqualTo(4);
    assertThat(result.chunks()).isEqualTo(4);
    assertThat(result.labelPairs()).isEqualTo(5);
    assertThat(result.minTime()).isEqualTo(500);
    assertThat(result.maxTime()).isEqualTo(2000);
    assertThat(result.seriesByMetric()).containsExactly(new Count("up", 3), new Count("down", 1));
    assertThat(result.valuesByLabel())
        .containsExactly(new Count("__name__", 2), new Count("job", 2));
    assertThat(result.bytesByLabel())
        .containsExactly(new Count("__name__", 10), new Count("job", 6));
    assertThat(result.seriesByPair())
        .containsExactly(new Count("__name__=up", 3), new Count("job=a", 3));
  }

  @Test
  void nothingIsCountedOfAnUnknownTenant() {
    HeadResult result = head.statistics("nobody").result(10);
    assertThat(result.series()).isZero();
    assertThat(result.minTime()).isEqualTo(Long.MAX_VALUE);
    assertThat(result.seriesByPair()).isEmpty();
  }

  @Test
  void anExemplarThatIsBroughtAgainIsOne() {
    int slot = series(head, "t", "__name__", "up");
    List<List<Matcher>> up = List.of(List.of(Matcher.equal("__name__", "up")));
    Exemplar first = new Exemplar(Labels.of("trace_id", "1"), 1, 100);
    Exemplar second = new Exemplar(Labels.of("trace_id", "2"), 1, 200);
    Exemplar third = new Exemplar(Labels.of("trace_id", "3"), 1, 300);
    for (Exemplar each : List.of(first, first, second, second, second)) {
      head.append(slot, each);
    }
    assertThat(head.exemplars("t", up, 0, 1000))
        .extracting(SeriesExemplar::exemplar)
        .containsExactly(first, second);
    head.append(slot, third);
    head.append(slot, third);
    assertThat(head.exemplars("t", up, 0, 1000))
        .extracting(SeriesExemplar::exemplar)
        .containsExactly(second, third);
  }
}
