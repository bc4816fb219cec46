package io.lookout.storage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelQuery.Kind;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.storage.block.Block;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every block store does. A test class of each store extends it. */
public abstract class BlockStoreContract extends BlockUpkeepContract {
  @Test
  void whatWasPutIsFound() throws Exception {
    put(DAY_0, "up", Labels.of("job", "a"), Labels.of("job", "b"));

    List<SeriesChunks> found = await(store.select(request(DAY_0, DAY_0 + WINDOW, named("up"))));

    assertThat(labelsOf(found)).containsExactly("up{job=\"a\"}", "up{job=\"b\"}");
    SeriesChunks first = found.getFirst();
    assertThat(first.key()).isEqualTo(SeriesKey.of("t", first.key().labels()));
    Chunk chunk = first.chunks().getFirst();
    assertThat(chunk.count()).isEqualTo(9);
    assertThat(chunk.minTime()).isEqualTo(DAY_0 + 1);
    assertThat(chunk.maxTime()).isEqualTo(DAY_0 + WINDOW - 1);
    assertThat(new String(chunk.times().toByteArray(), StandardCharsets.UTF_8)).isEqualTo("times");
    assertThat(new String(chunk.values().toByteArray(), StandardCharsets.UTF_8))
        .isEqualTo(first.key().labels().toString());
  }

  @Test
  void everyKindOfMatcherChoosesSeriesNotBlocks() throws Exception {
    put(
        DAY_0,
        "up",
        Labels.of("job", "a", "zone", "eu"),
        Labels.of("job", "b"),
        Labels.of("job", "c", "zone", "us"));

    assertThat(select(Matcher.equal("job", "a"))).containsExactly("up{job=\"a\", zone=\"eu\"}");
    assertThat(select(Matcher.notEqual("job", "a"), named("up")))
        .containsExactly("up{job=\"b\"}", "up{job=\"c\", zone=\"us\"}");
    assertThat(select(Matcher.regex("job", "a|c")))
        .containsExactly("up{job=\"a\", zone=\"eu\"}", "up{job=\"c\", zone=\"us\"}");
    assertThat(select(Matcher.notRegex("job", "a|c"), named("up")))
        .containsExactly("up{job=\"b\"}");
    assertThat(select(Matcher.equal("zone", ""), named("up"))).containsExactly("up{job=\"b\"}");
    assertThat(select(Matcher.notEqual("zone", "")))
        .containsExactly("up{job=\"a\", zone=\"eu\"}", "up{job=\"c\", zone=\"us\"}");
    assertThat(select(Matcher.regex("zone", "e.|"), named("up")))
        .containsExactly("up{job=\"a\", zone=\"eu\"}", "up{job=\"b\"}");
    assertThat(select(Matcher.equal("job", "nobody"))).isEmpty();
    assertThat(select(Matcher.equal("nothing", "x"))).isEmpty();
  }

  @Test
  void metricsAreChosenByEveryKindOfMatcher() throws Exception {
    put(DAY_0, "up", Labels.of("job", "a"));
    put(DAY_0, "down", Labels.of("job", "a"));
    put(DAY_0, "", Labels.of("job", "nameless"));

    assertThat(select(Matcher.regex("__name__", "u.*"))).containsExactly("up{job=\"a\"}");
    assertThat(select(Matcher.notEqual("__name__", "up")))
        .containsExactly("down{job=\"a\"}", "{job=\"nameless\"}");
    assertThat(select(Matcher.equal("__name__", ""))).containsExactly("{job=\"nameless\"}");
    assertThat(select(Matcher.notEqual("__name__", ""))).hasSize(2);
    assertThat(select(Matcher.regex("job", ".+"))).hasSize(3);
  }

  @Test
  void oddNamesAndLongValuesAreFound() throws Exception {
    String longValue = "é𝛼".repeat(20_000);
    put(
        DAY_0,
        "m",
        Labels.of("a=b", "c"),
        Labels.of("a", "b=c"),
        Labels.of("100%", "größe"),
        Labels.of("long", longValue),
        Labels.of("long", longValue + "!"));

    assertThat(select(Matcher.equal("a=b", "c"))).containsExactly("m{\"a=b\"=\"c\"}");
    assertThat(select(Matcher.equal("a", "b=c"))).containsExactly("m{a=\"b=c\"}");
    assertThat(select(Matcher.regex("100%", "gr.*"))).hasSize(1);
    assertThat(select(Matcher.equal("long", longValue))).hasSize(1);
    assertThat(select(Matcher.regex("long", ".*!"))).hasSize(1);
    assertThat(values("long")).containsExactly(longValue, longValue + "!");
    assertThat(values("a")).containsExactly("b=c");
    assertThat(names()).containsExactly("100%", "__name__", "a", "a=b", "long");
  }

  @Test
  void tenantsDoNotSeeEachOther() throws Exception {
    put(DAY_0, "up", Labels.of("job", "a"));
    await(store.put(blocks("other", "up", DAY_0, "", Labels.of("job", "b", "secret", "x"))));

    assertThat(select(named("up"))).containsExactly("up{job=\"a\"}");
    assertThat(names()).containsExactly("__name__", "job");
    assertThat(values("job")).containsExactly("a");
    assertThat(values("secret")).isEmpty();
  }

  @Test
  void onlyBlocksOfTheRangeAreFoundAndChunksAreInOrder() throws Exception {
    for (int i : new int[] {3, 1, 14, 0, 2}) {
      put(DAY_0 + i * WINDOW, "up", Labels.of("job", "a"));
    }

    List<SeriesChunks> some =
        await(store.select(request(DAY_0 + WINDOW, DAY_0 + 3 * WINDOW, named("up"))));
    List<SeriesChunks> all = await(store.select(request(0, Long.MAX_VALUE, named("up"))));

    assertThat(some).hasSize(1);
    assertThat(some.getFirst().chunks())
        .extracting(Chunk::minTime)
        .containsExactly(DAY_0 + WINDOW + 1, DAY_0 + 2 * WINDOW + 1);
    assertThat(all.getFirst().chunks())
        .extracting(chunk -> (chunk.minTime() - DAY_0) / WINDOW)
        .containsExactly(0L, 1L, 2L, 3L, 14L);
  }

  @Test
  void manyBlocksAreAllFound() throws Exception {
    List<Block> many = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      for (String metric : List.of("up", "down", "sideways")) {
        many.addAll(blocks("t", metric, DAY_0 + i * WINDOW, "", Labels.of("job", "a")));
      }
    }
    await(store.put(many));

    List<SeriesChunks> found =
        await(store.select(request(0, Long.MAX_VALUE, Matcher.equal("job", "a"))));

    assertThat(found).hasSize(3).allSatisfy(series -> assertThat(series.chunks()).hasSize(24));
    assertThat(await(store.stats()).blocks()).isEqualTo(72);
  }

  @Test
  void aBlockPutAgainTakesItsOwnPlace() throws Exception {
    put(DAY_0, "up", Labels.of("job", "a"));
    put(DAY_0, "up", Labels.of("job", "a"));

    List<SeriesChunks> found = await(store.select(request(DAY_0, DAY_0 + WINDOW, named("up"))));

    assertThat(found.getFirst().chunks()).hasSize(1);
    assertThat(await(store.stats()).blocks()).isEqualTo(1);
  }

  @Test
  void lateDataIsAFurtherBlockOfItsWindow() throws Exception {
    put(DAY_0, "up", Labels.of("job", "a"));
    await(store.put(blocks("t", "up", DAY_0, "late", Labels.of("job", "a"))));

    List<SeriesChunks> found = await(store.select(request(DAY_0, DAY_0 + WINDOW, named("up"))));

    assertThat(found).hasSize(1);
    assertThat(found.getFirst().chunks()).hasSize(2);
  }

  @Test
  void whatWasPutIsThereAfterARestart() throws Exception {
    put(DAY_0, "up", Labels.of("job", "a"));
    await(store.close());
    store = open();

    assertThat(select(named("up"))).containsExactly("up{job=\"a\"}");
  }

  @Test
  void limitsOfTheRequestAreKept() throws Exception {
    put(DAY_0, "up", Labels.of("job", "a"), Labels.of("job", "b"));
    List<Matcher> matchers = List.of(named("up"));

    assertExecutionError(
        new SelectRequest("t", matchers, DAY_0, DAY_0 + WINDOW, 1, 1L << 40), "1 series");
    assertExecutionError(
        new SelectRequest("t", matchers, DAY_0, DAY_0 + WINDOW, 10, 20), "20 bytes");
  }

  private void assertExecutionError(SelectRequest request, String limit) {
    assertThatThrownBy(() -> await(store.select(request)))
        .isInstanceOfSatisfying(
            LookoutException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EXECUTION))
        .hasMessageContaining(limit);
  }

  @Test
  void labelsAreThoseOfTheTimeAskedFor() throws Exception {
    put(DAY_0, "up", Labels.of("job", "a", "zone", "eu"));
    put(DAY_0 + 24 * HOUR, "down", Labels.of("job", "b", "host", "h"));

    assertThat(names()).containsExactly("__name__", "host", "job", "zone");
    assertThat(names(DAY_0, DAY_0 + HOUR)).containsExactly("__name__", "job", "zone");
    assertThat(values("job")).containsExactly("a", "b");
    assertThat(values("__name__")).containsExactly("down", "up");
    assertThat(await(store.labels(query(Kind.VALUES, "job", DAY_0, DAY_0 + HOUR, 0))).strings())
        .containsExactly("a");
  }

  @Test
  void labelsAreThoseOfTheSeriesThatMatch() throws Exception {
    put(DAY_0, "up", Labels.of("job", "a", "zone", "eu"), Labels.of("job", "b"));
    put(DAY_0, "down", Labels.of("job", "c", "host", "h"));
    List<Matcher> up = List.of(named("up"));
    List<Matcher> inZone = List.of(Matcher.equal("zone", "eu"));

    assertThat(matching(Kind.VALUES, "job", List.of(up)).strings()).containsExactly("a", "b");
    assertThat(matching(Kind.VALUES, "job", List.of(inZone)).strings()).containsExactly("a");
    assertThat(matching(Kind.NAMES, "", List.of(up)).strings())
        .containsExactly("__name__", "job", "zone");
    assertThat(matching(Kind.SERIES, "", List.of(inZone, List.of(named("down")))).series())
        .extracting(Labels::toString)
        .containsExactly("down{host=\"h\", job=\"c\"}", "up{job=\"a\", zone=\"eu\"}");
  }

  @Test
  void labelAnswersAreCutAtTheLimitAndSaySo() throws Exception {
    put(DAY_0, "up", Labels.of("job", "a"), Labels.of("job", "b"), Labels.of("job", "c"));

    LabelResult cut = await(store.labels(query(Kind.VALUES, "job", DAY_0, DAY_0 + HOUR, 2)));
    LabelResult whole = await(store.labels(query(Kind.VALUES, "job", DAY_0, DAY_0 + HOUR, 3)));

    assertThat(cut.strings()).containsExactly("a", "b");
    assertThat(cut.truncated()).isTrue();
    assertThat(whole.strings()).containsExactly("a", "b", "c");
    assertThat(whole.truncated()).isFalse();
  }

  @Test
  void periodsThatArePastAreDropped() throws Exception {
    put(DAY_0, "old", Labels.of("job", "a"));
    beginPeriod();
    put(DAY_0 + 24 * HOUR, "new", Labels.of("job", "a"));

    await(store.dropBefore(DAY_0 + HOUR));
    assertThat(select(Matcher.equal("job", "a"))).hasSize(2);

    await(store.dropBefore(DAY_0 + 25 * HOUR));
    assertThat(select(Matcher.equal("job", "a"))).containsExactly("new{job=\"a\"}");
    assertThat(await(store.stats()).indices()).isEqualTo(1);
  }

  private List<String> names() throws Exception {
    return names(DAY_0, DAY_0 + 48 * HOUR);
  }

  private List<String> names(long from, long to) throws Exception {
    return await(store.labels(query(Kind.NAMES, "", from, to, 0))).strings();
  }

  private List<String> values(String name) throws Exception {
    return await(store.labels(query(Kind.VALUES, name, DAY_0, DAY_0 + 48 * HOUR, 0))).strings();
  }

  private static LabelQuery query(Kind kind, String label, long from, long to, int limit) {
    return new LabelQuery(kind, "t", label, List.of(), from, to, limit);
  }

  private LabelResult matching(Kind kind, String label, List<List<Matcher>> sets) throws Exception {
    return await(store.labels(new LabelQuery(kind, "t", label, sets, DAY_0, DAY_0 + 48 * HOUR, 0)));
  }
}
