package io.lookout.storage.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExemplarRingTest {
  private final HeadCounts counts = new HeadCounts();
  private final ExemplarRing ring = new ExemplarRing(3, counts);

  private static SeriesExemplar exemplar(String series, int time) {
    SeriesKey key = SeriesKey.of("t", Labels.of("__name__", series));
    return new SeriesExemplar(key, new Exemplar(Labels.of("trace_id", "t" + time), 1, time));
  }

  private List<Long> times(String series, long from, long to) {
    return ring.find(key -> key.labels().metricName().equals(series), from, to).stream()
        .map(each -> each.exemplar().time())
        .toList();
  }

  @Test
  void theNewestStay() {
    for (int time = 1; time <= 5; time++) {
      ring.add(exemplar("a", time));
    }
    assertThat(times("a", 0, 10)).containsExactly(3L, 4L, 5L);
    assertThat(ring.size()).isEqualTo(3);
    assertThat(counts.exemplars).isEqualTo(5);
    assertThat(counts.exemplarsDropped).isEqualTo(2);
  }

  @Test
  void whatEveryScrapeBringsAgainIsKeptOnce() {
    for (int scrape = 0; scrape < 10; scrape++) {
      ring.add(exemplar("a", 1));
      ring.add(exemplar("a", 2));
      ring.add(exemplar("b", 1));
    }
    assertThat(times("a", 0, 10)).containsExactly(1L, 2L);
    assertThat(times("b", 0, 10)).containsExactly(1L);
    assertThat(counts.exemplars).isEqualTo(3);
    assertThat(counts.exemplarsDropped).isZero();
  }

  @Test
  void bothEndsOfTheRangeCount() {
    ring.add(exemplar("a", 1));
    ring.add(exemplar("a", 2));
    ring.add(exemplar("a", 3));
    assertThat(times("a", 2, 3)).containsExactly(2L, 3L);
    assertThat(times("a", 4, 9)).isEmpty();
  }

  @Test
  void noneAreKeptWhereThereIsNoRoom() {
    ExemplarRing none = new ExemplarRing(0, counts);
    none.add(exemplar("a", 1));
    assertThat(none.size()).isZero();
    assertThat(counts.exemplars).isZero();
  }
}
