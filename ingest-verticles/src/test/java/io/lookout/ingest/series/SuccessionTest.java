package io.lookout.ingest.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.ingest.pipeline.LabelLimits;
import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.series.SeriesCache;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuccessionTest {
  /** A series and a hash that it could have. */
  private record Hashed(long high, long low, SeriesKey series) {}

  private final SeriesIndex index =
      new SeriesIndex(
          new SeriesCache(1 << 18),
          new StringPool(),
          new SeriesAdmission(new LabelLimits(10, 100, 1000)),
          42);
  private final Succession succession = new Succession(index);

  private List<Hashed> hashed(int count, long seed) {
    Random random = new Random(seed);
    List<Hashed> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SeriesKey series = SeriesKey.of("t", Labels.of("__name__", "up", "n", seed + "." + i));
      Hashed each = new Hashed(random.nextLong(), random.nextLong(), series);
      index.cache().put(each.high(), each.low(), series);
      all.add(each);
    }
    return all;
  }

  private @Nullable SeriesKey find(Hashed hashed) {
    return succession.find("t", hashed.high(), hashed.low());
  }

  private void findsAll(List<Hashed> all) {
    succession.begin();
    for (Hashed each : all) {
      assertThat(find(each)).isSameAs(each.series());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1024, 1025, 10_000})
  void findsSeriesInWhateverOrderTheyCome(int count) {
    List<Hashed> all = hashed(count, 1);
    Random random = new Random(2);

    findsAll(all);
    findsAll(all);
    Collections.shuffle(all, random);
    findsAll(all);
    findsAll(all.subList(count / 3, count));
    all.addAll(all.subList(0, count / 2));
    findsAll(all);
  }

  @Test
  void followsAnOrderWithoutTheIndex() {
    List<Hashed> all = hashed(3000, 1);
    findsAll(all);
    index.cache().forgetUnused();
    index.cache().forgetUnused();

    findsAll(all);
    assertThat(index.cache().size()).isZero();
  }

  @Test
  void knowsNothingThatTheIndexDoesNot() {
    List<Hashed> all = hashed(10, 1);
    findsAll(all.subList(0, 5));

    assertThat(succession.find("t", all.get(5).high(), all.get(5).low() + 1)).isNull();
    assertThat(succession.find("t", all.get(0).high(), all.get(1).low())).isNull();
    assertThat(succession.find("t", 0, 0)).isNull();
    assertThat(succession.find("another", all.get(7).high(), all.get(7).low())).isNull();
  }

  @Test
  void forgetsWithTheIndex() {
    List<Hashed> all = hashed(2000, 1);
    findsAll(all);
    index.forgetUnused();
    index.forgetUnused();
    succession.begin();

    assertThat(all).allSatisfy(each -> assertThat(find(each)).isNull());
    findsAll(hashed(2000, 3));
  }

  /** Series that are asked for all the time stay in the index, though it is seldom asked. */
  @Test
  void keepsTheIndexAwareOfWhatIsUsed() {
    List<Hashed> all = hashed(100, 1);
    for (int i = 0; i < 5; i++) {
      findsAll(all);
      findsAll(all);
      index.forgetUnused();
    }
    assertThat(index.cache().size()).isEqualTo(100);
  }
}
