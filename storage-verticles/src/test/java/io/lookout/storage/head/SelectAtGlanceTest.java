package io.lookout.storage.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.model.histogram.HistogramBuilder;
import io.lookout.model.histogram.NativeHistogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is selected at a glance is what is selected; and it is so where little has to be done. */
class SelectAtGlanceTest {
  private static final long SEED = 53;
  private static final long WINDOW = 10_000;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Head head = new Head(new HeadOptions(WINDOW, 10, 10, 1 << 20, 100));

  private int slot(int series) {
    Labels labels =
        Labels.of("__name__", "m" + series % 3, "i", "" + series, "tens", "" + series / 10);
    return head.resolve(SeriesKey.of("t", labels));
  }

  private void append(int series, long time) {
    head.append(slot(series), time, random.nextInt(100), null, 0, 0);
  }

  private static SelectRequest request(long from, long to, Matcher... matchers) {
    return new SelectRequest("t", List.of(matchers), from, to, 1000, Long.MAX_VALUE);
  }

  private static Map<String, List<String>> samples(List<SeriesChunks> found, long from, long to) {
    Map<String, List<String>> samples = new TreeMap<>();
    for (SeriesChunks each : found) {
      SampleColumns columns = new ChunkMerge().samples(each.chunks());
      List<String> inRange = new ArrayList<>();
      for (int i = 0; i < columns.size; i++) {
        if (columns.times[i] >= from && columns.times[i] <= to) {
          inRange.add(columns.times[i] + " " + columns.values[i]);
        }
      }
      samples.put(each.key().labels().toString(), inRange);
    }
    return samples;
  }

  @Test
  void aGlanceFindsTheSameOrNothing() {
    int found = 0;
    for (int round = 0; round < 2000; round++) {
      int series = random.nextInt(60);
      long newest = Math.max(0, head.lastTime(slot(series)));
      for (int i = 0; i < 20; i++) {
        newest += 1 + random.nextInt(100);
        append(series, random.nextInt(2000) == 0 ? newest / 2 : newest);
      }
      if (round % 400 == 350) {
        head.freeze(0, head.newGeneration(0));
      } else if (round % 400 == 399) {
        head.release(0, head.lastGeneration(), dropped -> {});
      }
      long from = random.nextLong(20_000);
      long to = from + random.nextLong(20_000);
      Matcher name = Matcher.equal("__name__", "m" + random.nextInt(4));
      Matcher tens = Matcher.equal("tens", "" + random.nextInt(8));
      SelectRequest wanted =
          random.nextBoolean() ? request(from, to, name, tens) : request(from, to, tens);
      List<SeriesChunks> glance = head.selectAtGlance(wanted);
      if (glance != null) {
        found += glance.isEmpty() ? 0 : 1;
        assertThat(samples(glance, from, to)).isEqualTo(samples(head.select(wanted), from, to));
      }
    }
    assertThat(found).isGreaterThan(200);
  }

  @Test
  void fewSeriesAreFoundAndManyAreNot() {
    for (int i = 0; i < 33; i++) {
      head.append(
          head.resolve(SeriesKey.of("t", Labels.of("all", "1", "i", "" + i))), 1, 1, null, 0, 0);
    }
    SelectRequest all = request(0, 10, Matcher.equal("all", "1"));
    assertThat(head.selectAtGlance(all)).isNull();
    assertThat(head.select(all)).hasSize(33);
    SelectRequest one = request(0, 10, Matcher.equal("all", "1"), Matcher.equal("i", "7"));
    assertThat(found(one)).hasSize(1);
    assertThat(found(request(2, 10, Matcher.equal("i", "7")))).isEmpty();
    assertThat(found(request(0, 10, Matcher.equal("i", "none")))).isEmpty();
  }

  private List<SeriesChunks> found(SelectRequest request) {
    List<SeriesChunks> found = head.selectAtGlance(request);
    assertThat(found).isNotNull();
    return found == null ? List.of() : found;
  }

  @Test
  void matchersThatHaveToBeTriedAreNotForAGlance() {
    append(1, 1);
    for (Matcher each :
        Arrays.asList(
            Matcher.regex("i", "1.*"),
            Matcher.regex("i", "1|2"),
            Matcher.notEqual("i", "2"),
            Matcher.equal("none", ""))) {
      SelectRequest request = request(0, 10, Matcher.equal("__name__", "m1"), each);
      assertThat(head.selectAtGlance(request)).isNull();
      assertThat(head.select(request)).hasSize(1);
    }
  }

  @Test
  void whatHasToBeMergedOrPackedIsNotForAGlance() {
    SelectRequest late = request(0, 100, Matcher.equal("i", "1"));
    append(1, 50);
    assertThat(found(late)).hasSize(1);
    append(1, 40);
    assertThat(head.selectAtGlance(late)).isNull();
    assertThat(head.select(late)).hasSize(1);
    assertThat(found(late)).hasSize(1);

    NativeHistogram histogram =
        new HistogramBuilder().schema(0).count(1).sum(1).positive(0, 1).build();
    head.append(slot(2), 50, 0, histogram, 0, 0);
    assertThat(head.selectAtGlance(request(0, 100, Matcher.equal("i", "2")))).isNull();

    head.freeze(0, head.newGeneration(0));
    assertThat(head.selectAtGlance(late)).isNull();
    assertThat(head.select(late)).hasSize(1);
  }

  @Test
  void anUnknownTenantHasNothing() {
    SelectRequest request =
        new SelectRequest("other", List.of(Matcher.equal("i", "1")), 0, 1, 1, Long.MAX_VALUE);
    assertThat(found(request)).isEmpty();
  }
}
