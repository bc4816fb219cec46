package io.lookout.storage.elasticsearch;

import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.storage.block.CorruptBlockException;
import io.lookout.storage.block.OpenBlock;
import io.lookout.storage.elasticsearch.SearchPage.Hit;
import io.lookout.storage.store.Damage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Takes wanted series out of blocks: of those that are known at once, of others when they come. */
final class BlockReading {
  /** A request for this much is answered while others are being read. */
  private static final long PART_BYTES = 2 << 20;

  private static final BlockSearch.Reading WHOLE =
      new BlockSearch.Reading(
          List.of(BlockMapping.SERIES, BlockMapping.CHUNKS), List.of(BlockMapping.SEQUENCE));

  private final Vertx vertx;
  private final BlockSearch search;
  private final KnownBlocks known;
  private final Damage damage;
  private final int pageBlocks;
  private final int inflight;

  BlockReading(
      Vertx vertx,
      BlockSearch search,
      KnownBlocks known,
      Damage damage,
      ElasticsearchSettings settings) {
    this.vertx = vertx;
    this.search = search;
    this.known = known;
    this.damage = damage;
    this.pageBlocks = settings.pageBlocks();
    this.inflight = settings.fetchInflight();
  }

  /**
   * What was taken out of one block.
   *
   * @param sequence that of the block
   */
  record Taken(List<SeriesChunks> series, long sequence) {}

  /**
   * What was taken out of some blocks, in their order.
   *
   * @param complete whether all of them were still there
   */
  record Part(List<Taken> blocks, boolean complete) {}

  /** Blocks to be read at once. */
  List<List<FoundBlock>> parts(List<FoundBlock> found) {
    return FoundBlock.parts(found, PART_BYTES, pageBlocks);
  }

  /** How many such parts are to be under way. */
  int inflight() {
    return inflight;
  }

  /**
   * @param copies as in the search that has found them
   */
  Future<Part> read(List<FoundBlock> part, SelectRequest request, String copies) {
    Map<String, OpenBlock> opened = new HashMap<>();
    List<String> unknown = new ArrayList<>();
    for (FoundBlock block : part) {
      OpenBlock before = known.known(request.tenant(), block.id());
      if (before == null) {
        unknown.add(block.id());
      } else {
        opened.put(block.id(), before);
      }
    }
    return unknown.isEmpty()
        ? onWorker(() -> new Part(taken(part, opened, request), true))
        : search.these(
            part.getFirst().place(),
            unknown,
            WHOLE,
            copies,
            page -> {
              page.hits().forEach(hit -> open(hit, request, opened));
              return new Part(taken(part, opened, request), page.hits().size() == unknown.size());
            });
  }

  /** What is too long for an event loop. */
  <T> Future<T> onWorker(Callable<T> work) {
    return vertx.executeBlocking(work, false);
  }

  private void open(Hit hit, SelectRequest request, Map<String, OpenBlock> opened) {
    try {
      opened.put(hit.id(), known.open(request.tenant(), hit));
    } catch (CorruptBlockException e) {
      damage.report(hit.id(), e);
    }
  }

  private static List<Taken> taken(
      List<FoundBlock> part, Map<String, OpenBlock> opened, SelectRequest request) {
    List<Taken> taken = new ArrayList<>(part.size());
    for (FoundBlock found : part) {
      OpenBlock block = opened.get(found.id());
      Taken wanted = block == null ? null : taken(block, request);
      if (wanted != null) {
        taken.add(wanted);
      }
    }
    return taken;
  }

  private static @Nullable Taken taken(OpenBlock block, SelectRequest request) {
    BitSet wanted = block.matching(request.matchers());
    return wanted.isEmpty()
        ? null
        : new Taken(block.select(wanted, request.minTime(), request.maxTime()), block.sequence());
  }
}
