package io.lookout.storage.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelQuery.Kind;
import io.lookout.model.bus.LabelResult;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Names, values and series against a look at every series. */
class LabelAnswersTest {
  private static final String TENANT = "t";

  private final SplittableRandom random = new SplittableRandom(11);
  private final Head head = new Head(new HeadOptions(1000, 10, 10, 1 << 20, 100));
  private final List<Sampled> all = new ArrayList<>();

  /** A series with one sample. */
  private record Sampled(Labels labels, long time) {}

  private void fill(int from, int to) {
    for (int i = from; i < to; i++) {
      Labels.Builder labels = Labels.of("__name__", "m" + i % 20, "id", "" + i).toBuilder();
      if (random.nextInt(3) == 0) {
        labels.set("rare" + random.nextInt(3), "v" + random.nextInt(4));
      }
      Sampled series = new Sampled(labels.build(), random.nextInt(900));
      all.add(series);
      int slot = head.resolve(SeriesKey.of(TENANT, series.labels()));
      head.append(slot, series.time(), 1, null, 0, 0);
    }
  }

  private List<List<Matcher>> matchers() {
    return switch (random.nextInt(3)) {
      case 0 -> List.of();
      case 1 -> List.of(List.of(Matcher.equal("__name__", "m" + random.nextInt(20))));
      default ->
          List.of(
              List.of(Matcher.equal("__name__", "m" + random.nextInt(20))),
              List.of(Matcher.equal("rare1", "v" + random.nextInt(4))));
    };
  }

  @Test
  void answersAreThoseOfEverySeries() {
    for (int round = 0; round < 2000; round++) {
      if (round % 200 == 0) {
        fill(30 * round / 200, 30 * round / 200 + 30);
      }
      long from = random.nextInt(1000);
      long to = from + random.nextInt(round % 2 == 0 ? 20 : 1000);
      List<List<Matcher>> sets = matchers();
      List<Labels> wanted =
          all.stream()
              .filter(each -> each.time() >= from && each.time() <= to)
              .map(Sampled::labels)
              .filter(labels -> sets.isEmpty() || sets.stream().anyMatch(set -> fits(set, labels)))
              .toList();
      String label = random.nextBoolean() ? "id" : "rare" + random.nextInt(3);

      assertThat(ask(Kind.NAMES, "", sets, from, to).strings())
          .isEqualTo(strings(wanted, labels -> names(labels)));
      assertThat(ask(Kind.VALUES, label, sets, from, to).strings())
          .isEqualTo(strings(wanted, labels -> Stream.ofNullable(labels.get(label))));
      assertThat(ask(Kind.SERIES, "", sets, from, to).series())
          .containsExactlyInAnyOrderElementsOf(wanted);
    }
  }

  private static boolean fits(List<Matcher> set, Labels labels) {
    return set.stream().allMatch(matcher -> matcher.matches(labels));
  }

  private static Stream<String> names(Labels labels) {
    return Stream.iterate(0, i -> i < labels.size(), i -> i + 1).map(labels::name);
  }

  private static List<String> strings(
      List<Labels> wanted, Function<Labels, Stream<String>> strings) {
    return List.copyOf(new ArrayList<>(new TreeSet<>(wanted.stream().flatMap(strings).toList())));
  }

  private LabelResult ask(Kind kind, String label, List<List<Matcher>> sets, long from, long to) {
    return head.labels(new LabelQuery(kind, TENANT, label, sets, from, to, 0));
  }
}
