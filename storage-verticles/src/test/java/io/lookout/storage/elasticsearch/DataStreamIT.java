package io.lookout.storage.elasticsearch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lookout.cluster.engine.Engines;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Blocks in a data stream, with an OpenSearch: the Elasticsearch of the tests has none. */
class DataStreamIT {
  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(60, SECONDS).join();
  }

  @Test
  void aBlockIsPutOnceAndFoundOnce() {
    Optional<Path> engine =
        Engines.required().stream()
            .filter(each -> each.getFileName().toString().startsWith("opensearch"))
            .findFirst();
    assumeTrue(engine.isPresent(), "ENGINES has no OpenSearch");
    Vertx vertx = Vertx.vertx();
    ElasticsearchSettings settings =
        TestStores.settings(
            Engines.shared(engine.get()).url(),
            "index=" + TestStores.freshName(),
            "mode=data-stream");
    List<String> steps = new ArrayList<>();
    done(StoreCheck.run(vertx, settings, steps::add));
    BlockStore store = done(TestStores.open(vertx, settings, new SimpleMeterRegistry()));
    done(store.put(block()));
    done(store.put(block()));

    SelectRequest request =
        new SelectRequest("t", List.of(Matcher.equal("job", "a")), 0, 3000, 1000, 1L << 30);
    assertThat(done(store.select(request)))
        .singleElement()
        .satisfies(series -> assertThat(series.chunks()).hasSize(1));
    assertThat(steps).hasSize(5);
    done(store.close());
    done(vertx.close());
  }

  private static List<Block> block() {
    SeriesKey key = SeriesKey.of("t", Labels.of("__name__", "m", "job", "a"));
    Slice bytes = Slice.of(new byte[] {1, 2, 3});
    Chunk chunk = new Chunk(9, 1000, 2000, bytes, bytes, null);
    return new BlockWriter("t", "m", 0).write(List.of(new SeriesChunks(key, List.of(chunk))));
  }
}
