package io.lookout.storage.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.aggregate.Aggregate;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelQuery.Kind;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.ChunkEncoder;
import io.lookout.model.chunk.Slice;
import io.lookout.storage.block.Block;
import io.lookout.storage.block.BlockOrigin;
import io.lookout.storage.block.BlockWriter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How blocks are listed, fetched and taken away again: part of what every block store does. */
public abstract class BlockUpkeepContract {
  protected static final long HOUR = 3_600_000;
  protected static final long WINDOW = 2 * HOUR;

  /** A round day, so that rollover periods are easy to see. */
  protected static final long DAY_0 = 20_000 * 24 * HOUR;

  protected final Vertx vertx = Vertx.vertx();

  /** Of every store that a test opens. */
  protected final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  protected BlockStore store;

  /** A store that is empty, or the one opened before in this test. */
  protected abstract BlockStore open() throws Exception;

  /** For stores whose periods do not follow from the times of the blocks. */
  protected void beginPeriod() throws Exception {}

  @BeforeEach
  void start() throws Exception {
    store = open();
  }

  @AfterEach
  void stop() throws Exception {
    await(store.close());
    await(vertx.close());
  }

  protected static <T> T await(io.vertx.core.Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** The blocks of a metric with one chunk for each of the label sets. */
  protected static List<Block> blocks(
      String tenant, String metric, long windowStart, String payload, Labels... series) {
    List<SeriesChunks> all = new ArrayList<>();
    for (Labels labels : series) {
      Labels named = labels.toBuilder().set("__name__", metric).build();
      Slice times = Slice.of("times".getBytes(StandardCharsets.UTF_8));
      Slice values = Slice.of((payload + named).getBytes(StandardCharsets.UTF_8));
      Chunk chunk = new Chunk(9, windowStart + 1, windowStart + WINDOW - 1, times, values, null);
      all.add(new SeriesChunks(SeriesKey.of(tenant, named), List.of(chunk)));
    }
    all.sort((a, b) -> SeriesKey.ORDER.compare(a.key(), b.key()));
    return new BlockWriter(tenant, metric, windowStart).write(all);
  }

  protected void put(long windowStart, String metric, Labels... series) throws Exception {
    await(store.put(blocks("t", metric, windowStart, "", series)));
  }

  protected static SelectRequest request(long from, long to, Matcher... matchers) {
    return new SelectRequest("t", List.of(matchers), from, to, 1_000_000, 1L << 40);
  }

  protected List<String> select(Matcher... matchers) throws Exception {
    return labelsOf(await(store.select(request(DAY_0, DAY_0 + 48 * HOUR, matchers))));
  }

  protected static List<String> labelsOf(List<SeriesChunks> series) {
    return series.stream().map(s -> s.key().labels().toString()).sorted().toList();
  }

  protected static Matcher named(String metric) {
    return Matcher.equal("__name__", metric);
  }

  @Test
  void blocksAreListedInOrderAPageAtATimeAndFetchedAsTheyWerePut() throws Exception {
    put(DAY_0 + WINDOW, "up", Labels.of("job", "a"));
    put(DAY_0, "up", Labels.of("job", "a"), Labels.of("job", "b"));
    put(DAY_0 + 24 * HOUR, "up", Labels.of("job", "a"));
    put(DAY_0, "down", Labels.of("job", "a", "zone", "eu"));

    BlockRange range = BlockRange.of(DAY_0, DAY_0 + 24 * HOUR, 2);
    List<StoredBlock> page = await(store.list(range));
    List<StoredBlock> rest = await(store.list(range.after(page.getLast())));

    assertThat(page)
        .extracting(StoredBlock::origin)
        .containsExactly(
            new BlockOrigin("t", "down", DAY_0, 0, 0), new BlockOrigin("t", "up", DAY_0, 0, 0));
    assertThat(rest)
        .extracting(StoredBlock::origin)
        .containsExactly(new BlockOrigin("t", "up", DAY_0 + WINDOW, 0, 0));
    assertThat(page.getLast().seriesCount()).isEqualTo(2);
    assertThat(page.getLast().sampleCount()).isEqualTo(18);
    Block put = blocks("t", "down", DAY_0, "", Labels.of("job", "a", "zone", "eu")).getFirst();
    assertThat(await(store.fetch(page.subList(0, 1))))
        .usingRecursiveComparison()
        .isEqualTo(List.of(put));
  }

  @Test
  void aggregatesAreFoundByTheirLabelAndListedWithTheirLevel() throws Exception {
    Labels plain = Labels.of("__name__", "up", "job", "a");
    SampleColumns samples = new SampleColumns();
    for (int i = 1; i <= 3; i++) {
      samples.add(DAY_0 + i * HOUR, i);
    }
    ChunkEncoder encoder = new ChunkEncoder();
    List<SeriesChunks> series = new ArrayList<>();
    for (Aggregate aggregate : List.of(Aggregate.LAST, Aggregate.MAX)) {
      Labels labels = plain.toBuilder().set(Aggregate.LABEL, aggregate.text()).build();
      series.add(
          new SeriesChunks(SeriesKey.of("t", labels), List.of(encoder.encode(samples, 0, 3))));
    }
    BlockOrigin complete = new BlockOrigin("t", "up", DAY_0, 77, 2);

    await(store.put(new BlockWriter(complete).write(series)));

    assertThat(await(store.list(BlockRange.of(DAY_0, DAY_0 + WINDOW, 10))))
        .extracting(StoredBlock::origin)
        .containsExactly(complete);
    assertThat(select(named("up"), Matcher.regex(Aggregate.LABEL, "|last|stale")))
        .containsExactly("up{__aggregate__=\"last\", job=\"a\"}");
    assertThat(select(named("up"), Matcher.equal(Aggregate.LABEL, "max"))).hasSize(1);
  }

  @Test
  void whatWasAskedBeforeIsAnsweredAnewWhenBlocksCameOrWent() throws Exception {
    for (int round = 0; round < 2; round++) {
      assertThat(select(named("up"))).isEmpty();
      assertThat(jobs()).isEmpty();
    }
    put(DAY_0, "up", Labels.of("job", "a"));
    for (int round = 0; round < 2; round++) {
      assertThat(select(named("up"))).containsExactly("up{job=\"a\"}");
      assertThat(jobs()).containsExactly("a");
    }
    put(DAY_0 + WINDOW, "up", Labels.of("job", "a"), Labels.of("job", "b"));
    for (int round = 0; round < 2; round++) {
      assertThat(select(named("up"))).containsExactly("up{job=\"a\"}", "up{job=\"b\"}");
      assertThat(jobs()).containsExactly("a", "b");
    }
    await(store.delete(await(store.list(BlockRange.of(DAY_0 + WINDOW, DAY_0 + 2 * WINDOW, 10)))));
    assertThat(select(named("up"))).containsExactly("up{job=\"a\"}");
    assertThat(jobs()).containsExactly("a");
  }

  private List<String> jobs() throws Exception {
    LabelQuery query =
        new LabelQuery(Kind.VALUES, "t", "job", List.of(), DAY_0, DAY_0 + 48 * HOUR, 0);
    return await(store.labels(query)).strings();
  }

  @Test
  void whatWasDeletedIsGone() throws Exception {
    put(DAY_0, "up", Labels.of("job", "a"));
    put(DAY_0, "down", Labels.of("job", "a"));
    List<StoredBlock> down = await(store.list(BlockRange.of(DAY_0, DAY_0 + 1, 10))).subList(0, 1);

    await(store.delete(down));
    await(store.delete(down));
    await(store.pack(DAY_0, DAY_0 + 1));

    assertThat(select(Matcher.equal("job", "a"))).containsExactly("up{job=\"a\"}");
    assertThat(await(store.fetch(down))).isEmpty();
    await(store.close());
    store = open();
    assertThat(select(Matcher.equal("job", "a"))).containsExactly("up{job=\"a\"}");
  }

  @Test
  void whereBlocksOverlapTheOneOfTheHighestSequenceIsLast() throws Exception {
    for (long sequence : new long[] {7, 9, 8}) {
      BlockOrigin origin = new BlockOrigin("t", "up", DAY_0, sequence, 0);
      // The higher the sequence, the earlier the chunk: neither time nor place decide.
      Chunk chunk =
          new Chunk(
              2,
              DAY_0 + 10 - sequence,
              DAY_0 + 20,
              Slice.of(new byte[1]),
              Slice.of(new byte[1]),
              null);
      Labels labels = Labels.of("__name__", "up", "job", "a");
      await(
          store.put(
              new BlockWriter(origin)
                  .write(List.of(new SeriesChunks(SeriesKey.of("t", labels), List.of(chunk))))));
    }

    List<SeriesChunks> found = await(store.select(request(DAY_0, DAY_0 + WINDOW, named("up"))));

    assertThat(found.getFirst().chunks())
        .extracting(chunk -> DAY_0 + 10 - chunk.minTime())
        .containsExactly(7L, 8L, 9L);
  }

  @Test
  void damagedBlocksAreLeftOutAndCountedOnce() throws Exception {
    put(DAY_0, "good", Labels.of("job", "a"));
    Block labels = blocks("t", "bad_labels", DAY_0, "", Labels.of("job", "a")).getFirst();
    Block chunks = blocks("t", "bad_chunks", DAY_0, "", Labels.of("job", "a")).getFirst();
    await(
        store.put(
            List.of(
                DamagedBlock.of(labels, DamagedBlock.flipped(labels.series()), labels.chunks()),
                DamagedBlock.of(chunks, chunks.series(), DamagedBlock.cut(chunks.chunks())))));

    for (int round = 0; round < 2; round++) {
      assertThat(select(Matcher.equal("job", "a"))).containsExactly("good{job=\"a\"}");
    }
    LabelQuery series = new LabelQuery(Kind.SERIES, "t", "", List.of(), DAY_0, DAY_0 + WINDOW, 0);
    assertThat(await(store.labels(series)).series()).hasSize(2);
    assertThat(meters.counter("lookout.store.damaged.blocks").count()).isEqualTo(2);
  }
}
