package io.lookout.model.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SeriesCacheTest {
  private static SeriesKey series(String tenant, long number) {
    return SeriesKey.of(tenant, Labels.of("__name__", "m", "i", Long.toString(number)));
  }

  @Test
  void findsWhatWasPut() {
    SeriesCache cache = new SeriesCache(1000);
    SeriesKey series = series("a", 1);
    cache.put(7, 9, series);

    assertThat(cache.get("a", 7, 9)).isSameAs(series);
    assertThat(cache.get("b", 7, 9)).isNull();
    assertThat(cache.get("a", 8, 9)).isNull();
    assertThat(cache.get("a", 7, 8)).isNull();
    assertThat(cache.get("a", 0, 0)).isNull();
  }

  @Test
  void holdsNoMoreThanItsCapacity() {
    SeriesCache cache = new SeriesCache(1000);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      cache.put(random.nextLong(), random.nextLong(), series("a", i));
    }

    assertThat(cache.capacity()).isEqualTo(1024);
    assertThat(cache.size()).isBetween(1000, 1024);
  }

  @Test
  void keepsWhatIsUsedWhenAnotherMustGo() {
    SeriesCache cache = new SeriesCache(8);
    for (int i = 0; i < 8; i++) {
      cache.put(i, i, series("a", i));
    }
    cache.put(8, 8, series("a", 8));
    cache.get("a", 3, 3);
    cache.put(9, 9, series("a", 9));

    assertThat(cache.get("a", 3, 3)).isNotNull();
    assertThat(cache.get("a", 8, 8)).isNotNull();
    assertThat(cache.get("a", 9, 9)).isNotNull();
    assertThat(cache.size()).isEqualTo(8);
  }

  @Test
  void forgetsWhatNobodyAsksFor() {
    SeriesCache cache = new SeriesCache(100);
    cache.put(1, 1, series("a", 1));
    cache.put(2, 2, series("a", 2));
    cache.forgetUnused();
    cache.get("a", 2, 2);
    cache.forgetUnused();

    assertThat(cache.get("a", 1, 1)).isNull();
    assertThat(cache.get("a", 2, 2)).isNotNull();
    assertThat(cache.size()).isOne();
  }

  @Test
  void neverConfusesSeriesWhenManyThreadsUseIt() throws Exception {
    SeriesCache cache = new SeriesCache(256);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> running = new ArrayList<>();
      for (int seed = 0; seed < 4; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        running.add(threads.submit(() -> useAtRandom(cache, random)));
      }
      for (Future<?> each : running) {
        each.get();
      }
    }
    assertThat(cache.size()).isBetween(1, 256);
  }

  private static void useAtRandom(SeriesCache cache, SplittableRandom random) {
    for (int i = 0; i < 50_000; i++) {
      long number = random.nextInt(1000);
      SeriesKey found = cache.get("a", number, number * 31);
      if (found == null) {
        cache.put(number, number * 31, series("a", number));
      } else {
        assertThat(found.labels().get("i")).isEqualTo(Long.toString(number));
      }
      if (i % 10_000 == 0) {
        cache.forgetUnused();
      }
    }
  }
}
