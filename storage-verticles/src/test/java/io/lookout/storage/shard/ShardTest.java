package io.lookout.storage.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteResult;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.storage.head.SeriesExemplar;
import io.lookout.storage.head.SeriesQuota;
import io.lookout.storage.wal.DiskFiles;
import io.lookout.storage.wal.WalSync;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardTest {
  private static final long HOUR = 3_600_000;
  private static final long WINDOW = 2 * HOUR;
  private static final long START = 472_222 * HOUR;
  private static final String TENANT = SeriesKey.ANONYMOUS;

  @TempDir Path directory;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Clock clock = Clock.fixed(Instant.ofEpochMilli(START), ZoneOffset.UTC);
  private Shard shard;

  @BeforeEach
  void open() throws IOException {
    shard = open(ShardOptions.DEFAULTS);
  }

  @AfterEach
  void close() throws IOException {
    shard.close();
  }

  private Shard open(ShardOptions options) throws IOException {
    return Shard.open(0, options, directory, clock, meters);
  }

  private void reopen() throws IOException {
    shard.close();
    shard = open(ShardOptions.DEFAULTS);
  }

  private static SeriesKey series(String name, String instance) {
    return SeriesKey.of(TENANT, Labels.of("__name__", name, "instance", instance));
  }

  /** One sample for each instance. */
  private static WriteBatch scrape(String name, int instances, long time, double value) {
    WriteBatch.Builder batch = new WriteBatch.Builder(TENANT, instances);
    for (int i = 0; i < instances; i++) {
      batch.sample(batch.series(series(name, "i" + i)), time, value + i);
    }
    return batch.build();
  }

  private Map<Long, Double> samples(String name, String instance) {
    List<Matcher> matchers =
        List.of(Matcher.equal("__name__", name), Matcher.equal("instance", instance));
    List<SeriesChunks> found =
        shard
            .select(
                new SelectRequest(
                    TENANT, matchers, Long.MIN_VALUE, Long.MAX_VALUE, 1000, Long.MAX_VALUE),
                Caller.WORKER)
            .join();
    TreeMap<Long, Double> samples = new TreeMap<>();
    for (SeriesChunks each : found) {
      SampleColumns columns = new ChunkMerge().samples(each.chunks());
      for (int i = 0; i < columns.size; i++) {
        samples.put(columns.times[i], columns.values[i]);
      }
    }
    return samples;
  }

  private LabelResult labels(LabelQuery.Kind kind, String label) {
    return shard
        .labels(
            new LabelQuery(kind, TENANT, label, List.of(), Long.MIN_VALUE, Long.MAX_VALUE, 0),
            Caller.WORKER)
        .join();
  }

  @Test
  void whatWasAcknowledgedIsSelected() {
    for (int i = 0; i < 300; i++) {
      assertThat(shard.write(scrape("up", 3, START + i * 15_000L, i)).join().accepted())
          .isEqualTo(3);
    }
    assertThat(samples("up", "i2")).hasSize(300).containsEntry(START + 15_000L, 3.0);
    assertThat(samples("up", "i9")).isEmpty();
  }

  @Test
  void whatWasAcknowledgedIsThereAfterARestart() throws IOException {
    for (int i = 0; i < 300; i++) {
      shard.write(scrape("up", 3, START + i * 15_000L, i)).join();
    }
    Map<Long, Double> before = samples("up", "i1");
    reopen();
    assertThat(samples("up", "i1")).isEqualTo(before).hasSize(300);
    shard.write(scrape("up", 3, START + 300 * 15_000L, 300)).join();
    reopen();
    assertThat(samples("up", "i1")).hasSize(301);
  }

  @Test
  void writesThatWaitGoTogether() {
    List<CompletableFuture<?>> writes = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      writes.add(shard.write(scrape("up", 1, START + i, i)));
    }
    writes.forEach(CompletableFuture::join);
    assertThat(samples("up", "i0")).hasSize(2000);
  }

  @Test
  void aReleasedWindowIsGoneAndSoIsItsLog() throws IOException {
    for (int i = 0; i < 600; i++) {
      shard.write(scrape("up", 2, START + i * 15_000L, i)).join();
    }
    shard.write(scrape("gone", 1, START, 1)).join();
    assertThat(shard.sealable(START + WINDOW).join()).isEmpty();
    assertThat(shard.sealable(START + WINDOW + HOUR).join()).containsExactly(START);

    SealedWindow window = shard.snapshot(START).join();
    assertThat(window.series()).hasSize(3);
    assertThat(new ChunkMerge().samples(chunksOf(window, "i1")).size).isEqualTo(480);
    assertThat(samples("up", "i1")).as("still there").hasSize(600);

    shard.release(window).join();
    assertThat(samples("up", "i1")).hasSize(120);
    assertThat(labels(LabelQuery.Kind.VALUES, "__name__").strings()).containsExactly("up");
    assertThat(logFiles()).hasSize(1);
    reopen();
    assertThat(samples("up", "i1")).hasSize(120);
    assertThat(samples("gone", "i0")).isEmpty();
  }

  private static List<io.lookout.model.chunk.Chunk> chunksOf(SealedWindow window, String instance) {
    return window.series().stream()
        .filter(each -> each.key().labels().valueOf("instance").equals(instance))
        .findFirst()
        .orElseThrow()
        .chunks();
  }

  private List<Path> logFiles() throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(each -> each.toString().endsWith(".wal")).toList();
    }
  }

  @Test
  void aFrozenWindowIsTheSameAfterARestart() throws IOException {
    shard.write(scrape("up", 2, START, 1)).join();
    SealedWindow before = shard.snapshot(START).join();
    shard.write(scrape("up", 2, START + 1, 2)).join();
    reopen();
    SealedWindow after = shard.snapshot(START).join();
    assertThat(after.generation()).isEqualTo(before.generation());
    assertThat(new ChunkMerge().samples(chunksOf(after, "i0")).size).isEqualTo(1);
    assertThat(samples("up", "i0")).hasSize(2);
    shard.release(after).join();
    assertThat(samples("up", "i0")).containsOnlyKeys(START + 1);
    reopen();
    assertThat(samples("up", "i0")).containsOnlyKeys(START + 1);
    assertThat(shard.snapshot(START).join().generation()).isGreaterThan(before.generation());
  }

  @Test
  void lateSamplesBecomeAFurtherPartOfTheirWindow() {
    shard.write(scrape("up", 1, START, 1)).join();
    shard.release(shard.snapshot(START).join()).join();
    shard.write(scrape("up", 1, START + 15_000, 2)).join();
    long complete = START + WINDOW + HOUR;
    assertThat(shard.sealable(complete).join()).containsExactly(START);
    SealedWindow late = shard.snapshot(START).join();
    assertThat(new ChunkMerge().samples(chunksOf(late, "i0")).times).startsWith(START + 15_000);
    shard.release(late).join();
    assertThat(shard.sealable(complete).join()).isEmpty();
    assertThat(labels(LabelQuery.Kind.NAMES, "").strings()).isEmpty();
  }

  @Test
  void metadataOutlivesTheSegmentItCameIn() throws IOException {
    MetricMetadata entry = new MetricMetadata("up", "gauge", "whether it is up", "");
    WriteBatch.Builder batch = new WriteBatch.Builder(TENANT, 1);
    batch.sample(batch.series(series("up", "a")), START, 1);
    batch.metadata(entry);
    shard.write(batch.build()).join();
    shard.write(scrape("up", 1, START + WINDOW, 1)).join();
    shard.release(shard.snapshot(START).join()).join();
    reopen();
    assertThat(labels(LabelQuery.Kind.METADATA, "").metadata()).containsExactly(entry);
  }

  @Test
  void aFullQueueIsUnavailable() throws IOException {
    shard.close();
    ShardOptions tiny =
        new ShardOptions(
            Duration.ofHours(2),
            Duration.ZERO,
            Duration.ZERO,
            WalSync.ALWAYS,
            Duration.ofSeconds(1),
            1 << 20,
            0,
            1,
            0,
            0,
            0,
            0,
            false,
            0);
    shard = open(tiny);
    List<CompletableFuture<?>> writes = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      writes.add(shard.write(scrape("up", 10, START + i, i)));
    }
    long refused =
        writes.stream()
            .filter(each -> each.handle((ok, e) -> e instanceof LookoutException).join())
            .count();
    assertThat(refused).isPositive();
    assertThat(samples("up", "i0")).hasSize((int) (1000 - refused));
  }

  @Test
  void aSecondShardOfTheSameDirectoryIsRefused() {
    assertThatThrownBy(() -> open(ShardOptions.DEFAULTS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("in use");
  }

  @Test
  void aClosedShardIsUnavailable() throws IOException {
    shard.close();
    assertThatThrownBy(() -> shard.write(scrape("up", 1, START, 1)).join())
        .cause()
        .isInstanceOfSatisfying(
            LookoutException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
  }

  @Test
  void limitsOfASelectAreErrors() {
    shard.write(scrape("up", 5, START, 1)).join();
    List<Matcher> matchers = List.of(Matcher.equal("__name__", "up"));
    SelectRequest tooMany = new SelectRequest(TENANT, matchers, 0, Long.MAX_VALUE, 4, 1 << 20);
    assertThatThrownBy(() -> shard.select(tooMany, Caller.EVENT_LOOP).join())
        .hasMessageContaining("more than 4 series");
  }

  @Test
  void exemplarsAreThereAfterARestart() throws IOException {
    Exemplar exemplar = new Exemplar(Labels.of("trace_id", "abc"), 0.3, START);
    WriteBatch.Builder batch = new WriteBatch.Builder(TENANT, 1);
    int index = batch.series(series("up", "a"));
    batch.sample(index, START, 1);
    batch.exemplar(index, exemplar);
    shard.write(batch.build()).join();
    reopen();
    List<List<Matcher>> ups = List.of(List.of(Matcher.equal("__name__", "up")));
    assertThat(shard.exemplars(TENANT, ups, START, START).join())
        .containsExactly(new SeriesExemplar(series("up", "a"), exemplar));
    assertThat(shard.exemplars(TENANT, ups, START + 1, START + 1).join()).isEmpty();
    assertThat(shard.exemplars("other", ups, START, START).join()).isEmpty();
  }

  @Test
  void aTenantHasAsManySeriesAsItMayHave() throws IOException {
    shard.close();
    SeriesQuota quota = new SeriesQuota(tenant -> 3);
    shard = Shard.open(0, ShardOptions.DEFAULTS, directory, new DiskFiles(), quota, clock, meters);
    assertThat(shard.write(scrape("up", 2, START, 1)).join().rejections()).isEmpty();
    WriteResult result = shard.write(scrape("up", 5, START + 1, 1)).join();
    assertThat(result.accepted()).isEqualTo(3);
    assertThat(result.rejections())
        .singleElement()
        .satisfies(each -> {
          assertThat(each.reason()).isEqualTo("series_limit");
          assertThat(each.samples()).isEqualTo(2);
          assertThat(each.message()).contains("has 3 active series", "limits.series is 3", "i3");
        });
    assertThat(samples("up", "i1")).hasSize(2);
    assertThat(samples("up", "i2")).hasSize(1);
    assertThat(samples("up", "i3")).isEmpty();
    shard.release(shard.snapshot(START - START % WINDOW).join()).join();
    assertThat(quota.count(TENANT)).as("they have left with their window").isZero();
    assertThat(shard.write(scrape("down", 3, START + 2, 1)).join().rejections()).isEmpty();
  }
}
