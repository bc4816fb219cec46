package io.lookout.storage.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeriesListTest {
  @Test
  void tellsWhatASetTells() {
    SplittableRandom random = new SplittableRandom(5);
    for (int size : new int[] {0, 1, 2, 3, 7, 64, 1000}) {
      Set<Labels> distinct = new LinkedHashSet<>();
      while (distinct.size() < size) {
        distinct.add(series(random.nextInt(10 * size)));
      }
      SeriesList list = new SeriesList(distinct);
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 10 * size + 5; i++) {
          assertThat(list.has(series(i))).isEqualTo(distinct.contains(series(i)));
        }
        assertThat(list).containsExactlyElementsOf(distinct);
      }
    }
  }

  @Test
  void seriesOfOneHashAreToldApart() {
    // "Aa" and "BB" have the same hash, and so has whatever is made of them.
    Labels one = Labels.of("a", "Aa", "b", "BB");
    Labels other = Labels.of("a", "BB", "b", "Aa");
    Labels third = Labels.of("a", "Aa", "b", "Aa");
    assertThat(one).hasSameHashCodeAs(other).hasSameHashCodeAs(third);
    SeriesList list = new SeriesList(List.of(one, third));
    assertThat(list.has(Labels.of("a", "Aa", "b", "BB"))).isTrue();
    assertThat(list.has(third)).isTrue();
    assertThat(list.has(other)).isFalse();
  }

  @Test
  void whatWasAskedWithStandsForItsEqual() {
    SeriesList list = new SeriesList(new ArrayList<>(List.of(series(1), series(2))));
    Labels equal = series(2);
    assertThat(list.has(equal)).isTrue();
    assertThat(list.get(1)).isSameAs(equal);
  }

  private static Labels series(int i) {
    return Labels.of("__name__", "m", "i", Integer.toString(i));
  }
}
