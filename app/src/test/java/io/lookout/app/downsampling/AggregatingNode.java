package io.lookout.app.downsampling;

import static io.lookout.app.downsampling.History.DAY;

import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.aggregate.TimePart;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.storage.block.BlockOrigin;
import io.lookout.storage.block.BlockWriter;
import io.lookout.storage.compact.CompactionOptions;
import io.lookout.storage.downsample.Coverage;
import io.lookout.storage.downsample.Downsampling;
import io.lookout.storage.downsample.Resolution;
import io.lookout.storage.downsample.Resolutions;
import io.lookout.storage.downsample.StoreSelect;
import io.lookout.storage.embedded.EmbeddedBlockStore;
import io.lookout.storage.embedded.EmbeddedStoreOptions;
import io.lookout.storage.store.BlockStore;
import io.lookout.storage.store.ForwardingStore;
import io.lookout.storage.store.StoredBlock;
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

/** The stores of a node that answers all of a day by its aggregates of one hour. */
final class AggregatingNode implements AutoCloseable {
  private static final long HOUR = 3_600_000;

  private final long day;
  private final BlockStore samples;
  private final KeepingStore hours;
  private final Resolutions resolutions;
  private final Downsampling downsampling;
  private long sequence;

  /** Deletes only while nothing breaks. */
  private static final class KeepingStore extends ForwardingStore {
    private boolean breaking;

    KeepingStore(BlockStore store) {
      super(store);
    }

    @Override
    public Future<Void> delete(List<StoredBlock> blocks) {
      return breaking ? Future.succeededFuture() : store.delete(blocks);
    }
  }

  AggregatingNode(Vertx vertx, Path directory, long day) throws Exception {
    this.day = day;
    this.sequence = day + DAY;
    Clock clock = Clock.fixed(Instant.ofEpochMilli(day + 3 * DAY), ZoneOffset.UTC);
    samples = open(vertx, directory.resolve("samples"));
    hours = new KeepingStore(open(vertx, directory.resolve("hours")));
    resolutions =
        new Resolutions(
            List.of(new Resolution(HOUR, "1h", hours, 100 * DAY)),
            new Coverage(DAY),
            10 * DAY,
            clock);
    downsampling =
        new Downsampling(
            samples,
            resolutions,
            new CompactionOptions(DAY, HOUR, Duration.ofMinutes(5), 1 << 20, 10 * DAY),
            clock,
            new SimpleMeterRegistry());
  }

  private static BlockStore open(Vertx vertx, Path directory) throws Exception {
    return done(
        EmbeddedBlockStore.open(
            vertx,
            new EmbeddedStoreOptions(directory, Duration.ofDays(1), 1, 10, 1 << 20),
            new SimpleMeterRegistry()));
  }

  /** A block comes, and aggregates are brought up to it. */
  void seal(SeriesKey key, SampleColumns of) throws Exception {
    BlockOrigin origin =
        new BlockOrigin(key.tenant(), key.labels().valueOf("__name__"), day, sequence++, 0);
    SeriesChunks series =
        new SeriesChunks(key, new ChunkMerge().encode(of, 0, of.size, Integer.MAX_VALUE));
    done(samples.put(new BlockWriter(origin).write(List.of(series))));
    resolutions.coverage().changed(day);
    downsampling.look(true, () -> false);
  }

  /** From now on, what aggregates replace stays beside them, as after a crash. */
  void breakBeforeDeletions() {
    hours.breaking = true;
  }

  Future<SelectResult> select(SelectRequest request) {
    List<TimePart> parts = List.of(new TimePart(HOUR, day, day + DAY - 1));
    return new StoreSelect(samples, resolutions)
        .select(request, parts)
        .map(series -> new SelectResult(series, "", parts));
  }

  static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    done(samples.close());
    done(hours.close());
  }
}
