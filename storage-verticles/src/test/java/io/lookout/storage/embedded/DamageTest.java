package io.lookout.storage.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.Slice;
import io.lookout.storage.block.Block;
import io.lookout.storage.block.BlockWriter;
import io.lookout.storage.store.BlockStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the store that are not what was written: set aside, and the rest is served. */
class DamageTest {
  private static final long DAY = 24 * 3_600_000L;

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    done(vertx.close());
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, SECONDS).join();
  }

  private BlockStore open() {
    return done(
        EmbeddedBlockStore.open(
            vertx,
            new EmbeddedStoreOptions(directory, Duration.ofDays(1), 1, 10, 1 << 20),
            new SimpleMeterRegistry()));
  }

  private static Block block(String metric, long start) {
    Labels labels = Labels.of("__name__", metric, "job", "a");
    Slice bytes = Slice.of(new byte[] {1, 2, 3});
    Chunk chunk = new Chunk(9, start, start + 1000, bytes, bytes, null);
    return new BlockWriter("t", metric, start)
        .write(List.of(new SeriesChunks(SeriesKey.of("t", labels), List.of(chunk))))
        .getFirst();
  }

  private static List<String> metrics(BlockStore store) {
    SelectRequest all =
        new SelectRequest(
            "t", List.of(Matcher.equal("job", "a")), 0, Long.MAX_VALUE, 1000, 1L << 40);
    return done(store.select(all)).stream().map(s -> s.key().labels().metricName()).toList();
  }

  @Test
  void anIndexThatCannotBeReadIsSetAsideAndTheRestServed() throws IOException {
    BlockStore store = open();
    done(store.put(List.of(block("old", 0), block("new", 5 * DAY))));
    done(store.close());
    try (Stream<Path> files = Files.list(directory.resolve("19700101T000000Z"))) {
      for (Path segments :
          files.filter(file -> file.getFileName().toString().startsWith("segments")).toList()) {
        Files.write(segments, new byte[] {1, 2, 3});
      }
    }

    store = open();

    assertThat(metrics(store)).containsExactly("new");
    assertThat(directory.resolve("19700101T000000Z.damaged")).isDirectory();
    done(store.put(List.of(block("old", 0))));
    assertThat(metrics(store)).containsExactly("old", "new");
    done(store.close());
  }

  @Test
  void directoriesOfOthersAreLeftAlone() throws IOException {
    Files.createDirectories(directory.resolve("lost+found"));

    BlockStore store = open();

    assertThat(done(store.stats()).indices()).isZero();
    done(store.close());
    assertThat(directory.resolve("lost+found")).isDirectory();
  }
}
