package io.lookout.storage.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelQuery.Kind;
import io.lookout.model.bus.LabelResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

  @Test
  void aGlanceTellsTheSameOrNothing() {
    int told = 0;
    for (int round = 0; round < 1500; round++) {
      if (round % 100 == 0) {
        fill(all.size(), all.size() + 100);
      }
      long from = random.nextInt(1000);
      long to = from + random.nextInt(1000);
      String label = List.of("id", "rare1", "__name__", "none").get(random.nextInt(4));
      List<LabelQuery> queries =
          List.of(
              new LabelQuery(Kind.NAMES, TENANT, "", List.of(), from, to, 0),
              new LabelQuery(Kind.VALUES, TENANT, label, List.of(), from, to, random.nextInt(9)),
              new LabelQuery(Kind.NAMES, TENANT, "", matchers(), from, to, 0),
              new LabelQuery(Kind.VALUES, TENANT, label, matchers(), from, to, 0),
              new LabelQuery(Kind.SERIES, TENANT, "", matchers(), from, to, random.nextInt(9)));
      for (LabelQuery query : queries) {
        LabelResult glance = head.labelsAtGlance(query);
        told += glance == null ? 0 : 1;
        assertThat(glance).isIn(null, head.labels(query));
      }
    }
    // Of 1,500 ids it does not tell, nor where a look at the first series of a value is not enough.
    assertThat(told).isBetween(2500, 7000);
    LabelQuery ids = new LabelQuery(Kind.VALUES, TENANT, "id", List.of(), 0, 1000, 0);
    assertThat(head.labelsAtGlance(ids)).isNull();
    assertThat(head.labels(ids).strings()).hasSize(all.size());
  }

  @Test
  void thereIsAGlanceForNamesAndValuesOfAllSeriesAndForFewToLookUp() {
    fill(0, 1);
    Matcher lookUp = Matcher.equal("__name__", "m0");
    List<List<Matcher>> some = List.of(List.of(lookUp));
    List<List<Matcher>> pattern = List.of(List.of(lookUp, Matcher.notEqual("id", "7")));
    List<List<Matcher>> manySets = Collections.nCopies(33, List.of(lookUp));
    List<List<Matcher>> manyMatchers = List.of(Collections.nCopies(33, lookUp));
    for (String tenant : List.of(TENANT, "unknown")) {
      for (Kind kind : Kind.values()) {
        boolean named = kind == Kind.NAMES || kind == Kind.VALUES;
        assertThat(glance(kind, tenant, List.of()) != null).isEqualTo(named);
        assertThat(glance(kind, tenant, some) != null).isEqualTo(named || kind == Kind.SERIES);
        assertThat(glance(kind, tenant, pattern)).isNull();
        assertThat(glance(kind, tenant, manySets)).isNull();
        assertThat(glance(kind, tenant, manyMatchers)).isNull();
      }
    }
  }

  @Test
  void thereIsNoGlanceWhereManySeriesMatch() {
    List<List<Matcher>> sets = List.of(List.of(Matcher.equal("__name__", "m")));
    for (int i = 0; i <= 256; i++) {
      assertThat(glance(Kind.VALUES, TENANT, sets)).isNotNull();
      Labels labels = Labels.of("__name__", "m", "id", "" + i);
      head.append(head.resolve(SeriesKey.of(TENANT, labels)), i, 1, null, 0, 0);
    }
    assertThat(glance(Kind.VALUES, TENANT, sets)).isNull();
    assertThat(ask(Kind.VALUES, "id", sets, 0, 1000).strings()).hasSize(257);
  }

  private @Nullable LabelResult glance(Kind kind, String tenant, List<List<Matcher>> sets) {
    return head.labelsAtGlance(new LabelQuery(kind, tenant, "id", sets, 0, 1000, 0));
  }

  @Test
  void whatIsAllNewerIsNotLookedAt() {
    fill(0, 60);
    for (int i = 0; i < 40; i++) {
      Labels labels = Labels.of("__name__", "new" + i % 2, "new", "1", "number", "" + i);
      head.append(head.resolve(SeriesKey.of(TENANT, labels)), 950 + i, 1, null, 0, 0);
    }
    LabelQuery names = new LabelQuery(Kind.NAMES, TENANT, "", List.of(), 0, 949, 0);
    LabelQuery values = new LabelQuery(Kind.VALUES, TENANT, "__name__", List.of(), 0, 949, 0);
    for (LabelQuery each : List.of(names, values)) {
      assertThat(head.labelsAtGlance(each)).isNotNull().isEqualTo(head.labels(each));
    }
    assertThat(head.labels(names).strings()).doesNotContain("new");
    assertThat(head.labels(values).strings()).contains("m0").doesNotContain("new0", "new1");

    SeriesKey late =
        SeriesKey.of(TENANT, Labels.of("__name__", "new1", "new", "1", "number", "39"));
    head.append(head.resolve(late), 940, 1, null, 0, 0);
    assertThat(head.labels(names).strings()).contains("new", "number");
    assertThat(head.labels(values).strings()).contains("new1").doesNotContain("new0");
  }

  /** Slots are taken again: what was found of a value must not be taken for another series. */
  @Test
  void seriesThatHaveLeftAreNotFound() {
    for (int round = 0; round < 200; round++) {
      long window = round * 1000L;
      List<Labels> now = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        String name = "n" + random.nextInt(6);
        Labels labels =
            Labels.of("v", "v" + random.nextInt(6), "id", "" + random.nextInt(100), name, "1");
        int slot = head.resolve(SeriesKey.of(TENANT, labels));
        head.append(slot, window + i, 1, null, 0, 0);
        now.add(labels);
      }
      List<String> wanted = strings(now, labels -> Stream.ofNullable(labels.get("v")));
      assertThat(ask(Kind.NAMES, "", List.of(), window, window + 999).strings())
          .isEqualTo(strings(now, labels -> names(labels)));
      for (int again = 0; again < 2; again++) {
        assertThat(ask(Kind.VALUES, "v", List.of(), window, window + 999).strings())
            .isEqualTo(wanted);
      }
      if (random.nextInt(3) > 0) {
        head.freeze(window, round);
        head.release(window, round, slot -> {});
        assertThat(ask(Kind.VALUES, "v", List.of(), window, window + 999).strings()).isEmpty();
      }
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
