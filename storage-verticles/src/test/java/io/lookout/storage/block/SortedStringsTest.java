package io.lookout.storage.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Utf8Order;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SortedStringsTest {
  /** Bytes order the last two the other way round than UTF-16 does. */
  private static final List<String> FIRST = List.of("a", "ö", "\uFF5E", "\uD835\uDEFC");

  @RepeatedTest(50)
  void unionHasEachStringOnce(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    List<String> a = strings(random);
    List<String> b = strings(random);
    TreeSet<String> both = new TreeSet<>(Utf8Order::compare);
    both.addAll(a);
    both.addAll(b);
    assertThat(SortedStrings.union(a, b)).containsExactlyElementsOf(both);
  }

  private static List<String> strings(SplittableRandom random) {
    TreeSet<String> strings = new TreeSet<>(Utf8Order::compare);
    int count = random.nextInt(20);
    for (int i = 0; i < count; i++) {
      strings.add(FIRST.get(random.nextInt(FIRST.size())) + random.nextInt(9));
    }
    return new ArrayList<>(strings);
  }

  @Test
  void whatAddsNothingCostsNothing() {
    List<String> strings = List.of("a", "b");
    assertThat(SortedStrings.union(strings, List.of())).isSameAs(strings);
    assertThat(SortedStrings.union(List.of(), strings)).isSameAs(strings);
    assertThat(SortedStrings.union(strings, new ArrayList<>(strings))).isSameAs(strings);
  }
}
