package io.lookout.storage.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class MatchingSeriesTest {
  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final List<String> EXPRESSIONS =
      List.of("", "v1", "v1|v2", "v.*", ".*", ".+", "v[0-3]", "x", "v1|");

  private final SplittableRandom random = new SplittableRandom(11);
  private final HeadCounts counts = new HeadCounts();
  private final Postings postings = new Postings(new PatternCache(10, counts));
  private final List<Labels> series = new ArrayList<>();

  @BeforeEach
  void fill() {
    for (int slot = 0; slot < 300; slot++) {
      Labels.Builder labels = new Labels.Builder();
      for (String name : NAMES) {
        if (random.nextInt(3) > 0) {
          labels.set(name, "v" + random.nextInt(8));
        }
      }
      labels.set("slot", Integer.toString(slot));
      series.add(labels.build());
      postings.add(slot, series.get(slot));
    }
  }

  private Matcher matcher() {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    String value = EXPRESSIONS.get(random.nextInt(EXPRESSIONS.size()));
    return switch (random.nextInt(5)) {
      case 0 -> Matcher.equal(name, value);
      case 1 -> Matcher.notEqual(name, value);
      case 2 -> Matcher.regex(name, value);
      case 3 -> Matcher.notRegex(name, value);
      default -> Matcher.equal("slot", Integer.toString(random.nextInt(320)));
    };
  }

  @Test
  void findsTheSeriesThatAllMatchersAccept() {
    MatchingSeries search = new MatchingSeries(postings, series::get);
    for (int round = 0; round < 3000; round++) {
      List<Matcher> matchers = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        matchers.add(matcher());
      }
      RoaringBitmap expected = new RoaringBitmap();
      for (int slot = 0; slot < series.size(); slot++) {
        Labels labels = series.get(slot);
        if (matchers.stream().allMatch(each -> each.matches(labels))) {
          expected.add(slot);
        }
      }
      assertThat(search.find(matchers)).as(matchers.toString()).isEqualTo(expected);
      if (round % 10 == 0) {
        exchange(random.nextInt(series.size()));
      }
    }
    assertThat(counts.patternHits).isPositive();
    assertThat(counts.patternMisses).isPositive();
  }

  /** One series goes and another comes into its slot, maybe with values that no other has. */
  private void exchange(int slot) {
    postings.remove(slot, series.get(slot));
    Labels.Builder labels = series.get(slot).toBuilder();
    for (String name : NAMES) {
      labels.set(name, "v" + random.nextInt(12));
    }
    series.set(slot, labels.build());
    postings.add(slot, series.get(slot));
  }

  @Test
  void whatIsRemovedLeavesNothingBehind() {
    for (int slot = 0; slot < series.size(); slot++) {
      postings.remove(slot, series.get(slot));
    }
    assertThat(postings.isEmpty()).isTrue();
    assertThat(postings.sortedLabels()).isEmpty();
  }

  @Test
  void labelsAreMadeOfTheStringsThatAreThere() {
    Labels first = series.get(0);
    String[] copies = new String[2 * first.size()];
    for (int i = 0; i < first.size(); i++) {
      copies[2 * i] = String.valueOf(first.name(i).toCharArray());
      copies[2 * i + 1] = String.valueOf(first.value(i).toCharArray());
    }
    Labels interned = postings.intern(SeriesKey.of("t", Labels.ofSorted(copies))).labels();
    Labels again = postings.intern(SeriesKey.of("t", interned)).labels();
    assertThat(interned).isEqualTo(first);
    assertThat(interned.value(0)).isNotSameAs(copies[1]);
    assertThat(again).isSameAs(interned);
  }
}
