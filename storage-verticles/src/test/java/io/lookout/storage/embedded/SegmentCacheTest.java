package io.lookout.storage.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.Slice;
import io.lookout.storage.block.Block;
import io.lookout.storage.block.BlockWriter;
import io.lookout.storage.store.Damage;
import io.lookout.storage.store.LabelTables;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentCacheTest {
  private static final int METRICS = 40;
  private static final int SERIES = 5;
  private static final int CHUNK_BYTES = 500;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Damage damage = new Damage("store", meters);

  /** Meters refer to caches weakly. */
  private final List<SegmentCache> caches = new ArrayList<>();

  @TempDir Path directory;
  private PeriodIndexes indexes;

  /** A block for each metric, of [0, 999]. */
  @BeforeEach
  void write() throws IOException {
    indexes = new PeriodIndexes(directory, Duration.ofDays(1));
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < METRICS; i++) {
      blocks.addAll(new BlockWriter("t", "m" + i, 0).write(seriesOf("m" + i)));
    }
    indexes.put(blocks);
  }

  @AfterEach
  void close() throws IOException {
    indexes.close();
  }

  private static List<SeriesChunks> seriesOf(String metric) {
    List<SeriesChunks> series = new ArrayList<>();
    for (int i = 0; i < SERIES; i++) {
      SeriesKey key = SeriesKey.of("t", Labels.of("__name__", metric, "i", "" + i));
      Slice column = Slice.of(new byte[CHUNK_BYTES]);
      series.add(new SeriesChunks(key, List.of(new Chunk(9, 0, 999, column, column, null))));
    }
    return series;
  }

  private SegmentCache cache(long maxBytes) {
    SegmentCache cache = new SegmentCache("store", maxBytes, new LabelTables(0), meters);
    caches.add(cache);
    return cache;
  }

  private List<String> select(SegmentCache cache, Matcher... matchers) throws IOException {
    SelectRequest request = new SelectRequest("t", List.of(matchers), 0, 999, 1000, 1 << 30);
    BlockSelect select = new BlockSelect(request, cache, damage);
    indexes.search(0, 999, select::in);
    return select.result().stream().map(each -> each.key().labels().toString()).sorted().toList();
  }

  private double hits(String cache) {
    return meters.get("lookout.store.cache.hits").tag("cache", cache).functionCounter().count();
  }

  private double size(String cache) {
    return meters.get("lookout.store.cache.size").tag("cache", cache).gauge().value();
  }

  private double size() {
    return meters.get("lookout.store.cache.size").gauges().stream().mapToDouble(Gauge::value).sum();
  }

  private double allHits() {
    return meters.get("lookout.store.cache.hits").functionCounters().stream()
        .mapToDouble(FunctionCounter::count)
        .sum();
  }

  @Test
  void whatWasReadIsNotReadAgain() throws IOException {
    SegmentCache cache = cache(1 << 20);
    Matcher metric = Matcher.equal("__name__", "m7");
    List<String> first = select(cache, metric);
    assertThat(first).hasSize(SERIES);
    assertThat(allHits()).isZero();
    assertThat(select(cache, metric)).isEqualTo(first);
    assertThat(hits("times")).isEqualTo(1);
    assertThat(hits("selectors")).isEqualTo(1);
    assertThat(hits("blocks")).isEqualTo(1);
    assertThat(size("blocks")).isGreaterThan(SERIES * CHUNK_BYTES);
  }

  @Test
  void whatIsRememberedIsBounded() throws IOException {
    long maxBytes = 64 << 10;
    SegmentCache cache = cache(maxBytes);
    List<String> all = select(cache(0), Matcher.notEqual("__name__", ""));
    assertThat(all).hasSize(METRICS * SERIES);
    for (int i = 0; i < 200; i++) {
      assertThat(select(cache, Matcher.notEqual("__name__", "x" + i))).isEqualTo(all);
      select(cache, Matcher.equal("__name__", "m" + i % METRICS), Matcher.regex("i", i + "|[0-2]"));
    }
    assertThat(size("blocks")).isBetween(1.0, maxBytes * 5 / 8.0);
    assertThat(size("selectors")).isBetween(1.0, maxBytes / 8.0);
    assertThat(size("times")).isBetween(1.0, maxBytes / 8.0);
  }

  @Test
  void withoutRoomNothingIsRemembered() throws IOException {
    SegmentCache cache = cache(0);
    for (int i = 0; i < 3; i++) {
      assertThat(select(cache, Matcher.equal("i", "1"))).hasSize(METRICS);
      LabelResult answer = answer("a" + i);
      assertThat(cache.answer(question(cache, 0), () -> answer)).isSameAs(answer);
    }
    assertThat(allHits()).isZero();
    assertThat(size()).isZero();
  }

  private LabelQuestion question(SegmentCache cache, long minTime) throws IOException {
    LabelQuery query = new LabelQuery(LabelQuery.Kind.VALUES, "t", "i", List.of(), minTime, 999, 0);
    return question(cache, query);
  }

  private LabelQuestion question(SegmentCache cache, LabelQuery query) throws IOException {
    try (PeriodView view = indexes.view(query.minTime(), query.maxTime())) {
      return cache.question(query, view);
    }
  }

  private static LabelResult answer(String value) {
    return new LabelResult(List.of(value), List.of(), List.of(), false);
  }

  @Test
  void anAnswerHoldsForTheSameBlocks() throws IOException {
    SegmentCache cache = cache(1 << 20);
    cache.answer(question(cache, 0), () -> answer("first"));
    assertThat(cache.answer(question(cache, 500), () -> answer("again")).strings())
        .containsExactly("first");
    indexes.put(new BlockWriter("t", "new", 0).write(seriesOf("new")));
    assertThat(cache.answer(question(cache, 0), () -> answer("more")).strings())
        .containsExactly("more");
  }

  @Test
  void anAnswerIsKnownOnceItWasGiven() throws IOException {
    SegmentCache cache = cache(1 << 20);
    assertThat(known(cache, 0)).isNull();
    LabelQuestion question = question(cache, 0);
    assertThat(known(cache, 0)).isNull();
    cache.answer(question, () -> answer("first"));
    assertThat(known(cache, 0)).isEqualTo(answer("first"));
    assertThat(known(cache, 500)).isEqualTo(answer("first"));
    Block block = new BlockWriter("t", "m3", 0).write(seriesOf("m3")).getFirst();
    indexes.delete(0, List.of(block.id()));
    assertThat(known(cache, 0)).isNull();
  }

  private @Nullable LabelResult known(SegmentCache cache, long minTime) throws IOException {
    LabelQuery query = new LabelQuery(LabelQuery.Kind.VALUES, "t", "i", List.of(), minTime, 999, 0);
    try (PeriodView view = indexes.view(query.minTime(), query.maxTime())) {
      return cache.known(query, view);
    }
  }

  @Test
  void aSmallSelectIsKnownOnceItWasAsked() throws IOException {
    SegmentCache cache = cache(1 << 20);
    Matcher metric = Matcher.equal("__name__", "m3");
    Matcher row = Matcher.equal("i", "2");
    assertThat(knownSelect(cache, 0, metric)).isNull();
    List<String> all = select(cache, metric);
    assertThat(knownSelect(cache, 0, metric)).isEqualTo(all).hasSize(SERIES);
    assertThat(knownSelect(cache, 1000, metric)).isEmpty();
    assertThat(knownSelect(cache, 0, metric, row)).isNull();
    assertThat(select(cache, metric, row)).hasSize(1);
    assertThat(knownSelect(cache, 0, metric, row)).hasSize(1);

    Block block = new BlockWriter("t", "m3", 0).write(seriesOf("m3")).getFirst();
    indexes.delete(0, List.of(block.id()));
    assertThat(knownSelect(cache, 0, metric)).isEmpty();
    indexes.put(new BlockWriter("t", "m3", 0).write(seriesOf("m3")));
    assertThat(knownSelect(cache, 0, metric)).isNull();
  }

  @Test
  void aLargeSelectIsNotKnown() throws IOException {
    SegmentCache cache = cache(1 << 20);
    Matcher everything = Matcher.notEqual("__name__", "");
    assertThat(select(cache, everything)).hasSize(METRICS * SERIES);
    assertThat(knownSelect(cache, 0, everything)).isNull();
    Matcher some = Matcher.equal("i", "4");
    assertThat(select(cache, some)).hasSize(METRICS);
    assertThat(knownSelect(cache, 0, some)).hasSize(METRICS);
  }

  private @Nullable List<String> knownSelect(SegmentCache cache, long minTime, Matcher... matchers)
      throws IOException {
    SelectRequest request =
        new SelectRequest("t", List.of(matchers), minTime, minTime + 999, 1000, 1 << 30);
    // As wide as the other: what the indices do not have, the cache is asked for too.
    try (PeriodView view = indexes.view(0, 999)) {
      List<SeriesChunks> known = new KnownSelect(request, cache).in(view);
      return known == null
          ? null
          : known.stream().map(each -> each.key().labels().toString()).sorted().toList();
    }
  }

  @Test
  void answersForLabelsAreBounded() throws IOException {
    long maxBytes = 16 << 10;
    SegmentCache cache = cache(maxBytes);
    for (int i = 0; i < 100; i++) {
      LabelQuery query =
          new LabelQuery(LabelQuery.Kind.VALUES, "t", "label" + i, List.of(), 0, 999, 0);
      cache.answer(question(cache, query), () -> answer("v".repeat(200)));
    }
    assertThat(size("labels")).isBetween(1.0, maxBytes / 8.0);
  }

  @Test
  void aDeletedBlockIsNotFoundThoughItIsRemembered() throws IOException {
    SegmentCache cache = cache(1 << 20);
    Matcher metric = Matcher.equal("__name__", "m3");
    assertThat(select(cache, metric)).hasSize(SERIES);
    LabelQuestion before = question(cache, 0);
    Block block = new BlockWriter("t", "m3", 0).write(seriesOf("m3")).getFirst();
    indexes.delete(0, List.of(block.id()));
    assertThat(select(cache, metric)).isEmpty();
    assertThat(question(cache, 0)).isNotEqualTo(before);
  }
}
