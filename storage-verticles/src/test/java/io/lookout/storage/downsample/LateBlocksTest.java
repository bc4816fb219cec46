package io.lookout.storage.downsample;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.aggregate.Aggregate;
import io.lookout.model.aggregate.TimePart;
import io.lookout.model.aggregate.Wanted;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.bus.SharedRead;
import io.lookout.model.chunk.ChunkEncoder;
import io.lookout.storage.block.BlockOrigin;
import io.lookout.storage.block.BlockWriter;
import io.lookout.storage.compact.CompactionOptions;
import io.lookout.storage.embedded.EmbeddedBlockStore;
import io.lookout.storage.embedded.EmbeddedStoreOptions;
import io.lookout.storage.store.BlockStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks that come to the store after aggregates were made, and what selectors find of these. */
class LateBlocksTest {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final long NOW = 20_000 * DAY + 12 * HOUR;
  private static final long SPAN = 19_998 * DAY;
  private static final TimePart HOURS = new TimePart(HOUR, SPAN, SPAN + DAY - 1);

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final Coverage coverage = new Coverage(DAY);
  private final Clock clock = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);
  private BlockStore samples;
  private BlockStore hours;
  private Resolutions resolutions;
  private Downsampling downsampling;

  @BeforeEach
  void open() throws Exception {
    samples = open("samples");
    hours = open("hours");
    resolutions =
        new Resolutions(
            List.of(new Resolution(HOUR, "1h", hours, 100 * DAY)), coverage, 5 * DAY, clock);
    downsampling =
        new Downsampling(
            samples,
            resolutions,
            new CompactionOptions(DAY, HOUR, Duration.ofMinutes(5), 1 << 20, 5 * DAY),
            clock,
            new SimpleMeterRegistry());
  }

  private BlockStore open(String name) throws Exception {
    return done(
        EmbeddedBlockStore.open(
            vertx,
            new EmbeddedStoreOptions(directory.resolve(name), Duration.ofDays(1), 1, 10, 1 << 20),
            new SimpleMeterRegistry()));
  }

  @AfterEach
  void close() throws Exception {
    done(samples.close());
    done(hours.close());
    done(vertx.close());
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private void seal(String instance, long sequence) throws Exception {
    SampleColumns columns = new SampleColumns();
    for (int i = 1; i < 100; i++) {
      columns.add(SPAN + i * 60_000L, i);
    }
    SeriesKey key = SeriesKey.of("t", Labels.of("__name__", "x", "instance", instance));
    BlockWriter writer = new BlockWriter(new BlockOrigin("t", "x", SPAN, sequence, 0));
    done(
        samples.put(
            writer.write(
                List.of(
                    new SeriesChunks(
                        key, List.of(new ChunkEncoder().encode(columns, 0, columns.size)))))));
  }

  private void look() throws InterruptedException {
    downsampling.look(true, () -> false);
  }

  private List<SeriesChunks> aggregates(Matcher... matchers) throws Exception {
    SelectRequest request =
        new SelectRequest(
            "t",
            List.of(matchers),
            SPAN,
            SPAN + DAY - 1,
            100,
            1L << 30,
            SharedRead.EACH,
            Wanted.MAX,
            HOUR);
    return done(new StoreSelect(samples, resolutions).select(request, List.of(HOURS)));
  }

  /**
   * It was sealed before the others and waited on the disk of its node while the store was away.
   */
  @Test
  void aBlockThatIsOlderThanTheOthersAndComesAfterThemHasAggregatesToo() throws Exception {
    seal("a", SPAN + 100);
    look();
    assertThat(coverage.covers(SPAN)).isTrue();
    assertThat(aggregates(Matcher.equal("__name__", "x"))).hasSize(1);

    seal("b", SPAN + 90);
    coverage.changed(SPAN);
    look();

    assertThat(aggregates(Matcher.equal("__name__", "x"))).hasSize(2);
    long blocks = done(hours.stats()).blocks();
    coverage.changed(SPAN);
    look();
    assertThat(done(hours.stats()).blocks()).isEqualTo(blocks);
    assertThat(coverage.covers(SPAN)).isTrue();
  }

  @Test
  void selectorsDoNotSeeTheLabelOfAggregates() throws Exception {
    seal("a", SPAN + 100);
    look();
    Matcher metric = Matcher.equal("__name__", "x");

    assertThat(aggregates(metric, Matcher.equal(Aggregate.LABEL, ""))).hasSize(1);
    assertThat(aggregates(metric, Matcher.notEqual(Aggregate.LABEL, "max"))).hasSize(1);
    assertThat(aggregates(metric, Matcher.equal(Aggregate.LABEL, "max"))).isEmpty();
    assertThat(
            done(new StoreLabels(samples, past())
                    .labels(
                        new LabelQuery(
                            LabelQuery.Kind.VALUES, "t", Aggregate.LABEL, List.of(), SPAN, NOW, 0)))
                .strings())
        .isEmpty();
  }

  /** The samples are past their retention. */
  private Resolutions past() {
    return new Resolutions(resolutions.all(), coverage, HOUR, clock);
  }
}
