package io.lookout.storage.elasticsearch;

import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.storage.block.SeriesMerge;
import io.lookout.storage.elasticsearch.BlockReading.Part;
import io.lookout.storage.elasticsearch.BlockReading.Taken;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One select: asks the engine which blocks there are, and reads them, several parts at a time, each
 * merged in its turn. Between the two a block may be replaced by a larger one: then all is asked
 * again, because what the larger one has is in no other any more.
 */
final class BlockSelect {
  private static final int ATTEMPTS = 5;

  private final BlockSearch search;
  private final BlockReading reading;
  private final SelectRequest request;

  /** Copies of a shard do not change at the same moment: one of them is asked for all. */
  private final String copies = "s" + ThreadLocalRandom.current().nextInt(1 << 20);

  BlockSelect(BlockSearch search, BlockReading reading, SelectRequest request) {
    this.search = search;
    this.reading = reading;
    this.request = request;
  }

  Future<List<SeriesChunks>> ask(Engine engine) {
    return attempt(engine, 1);
  }

  private Future<List<SeriesChunks>> attempt(Engine engine, int number) {
    SeriesMerge merge = new SeriesMerge(request.maxSeries(), request.maxBytes());
    return find(engine, number == ATTEMPTS ? FoundBlock.SURE : FoundBlock.CHEAP)
        .compose(found -> new Parts(reading.parts(found), merge).readAll())
        .compose(complete -> {
          if (complete) {
            return reading.onWorker(merge::result);
          }
          return number < ATTEMPTS
              ? attempt(engine, number + 1)
              : Future.failedFuture(
                  new EngineException(
                      "blocks have gone while they were read, " + ATTEMPTS + " times"));
        });
  }

  private Future<List<FoundBlock>> find(Engine engine, BlockSearch.Reading how) {
    List<FoundBlock> found = new ArrayList<>();
    return search
        .each(engine, BlockQueries.of(request), how, copies, hit -> found.add(FoundBlock.of(hit)))
        .compose(all ->
            how.equals(FoundBlock.CHEAP) && found.stream().anyMatch(block -> block.id().isEmpty())
                ? find(engine, FoundBlock.SURE)
                : Future.succeededFuture(found));
  }

  /** What is read of the blocks that were found. */
  private final class Parts {
    private final List<List<FoundBlock>> parts;
    private final SeriesMerge merge;
    private final Deque<Future<Part>> underWay = new ArrayDeque<>();
    private int next;

    Parts(List<List<FoundBlock>> parts, SeriesMerge merge) {
      this.parts = parts;
      this.merge = merge;
    }

    /** Tells false where some blocks were not there any more. */
    Future<Boolean> readAll() {
      while (underWay.size() < reading.inflight() && next < parts.size()) {
        underWay.add(reading.read(parts.get(next++), request, copies));
      }
      Future<Part> first = underWay.poll();
      return first == null
          ? Future.succeededFuture(true)
          : first
              .compose(part -> reading.onWorker(() -> merged(part)))
              .compose(complete -> complete ? readAll() : Future.succeededFuture(false));
    }

    private boolean merged(Part part) {
      for (Taken block : part.blocks()) {
        merge.add(block.series(), block.sequence());
      }
      return part.complete();
    }
  }
}
