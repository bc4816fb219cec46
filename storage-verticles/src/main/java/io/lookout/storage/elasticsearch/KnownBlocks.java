package io.lookout.storage.elasticsearch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.lookout.storage.block.CorruptBlockException;
import io.lookout.storage.block.OpenBlock;
import io.lookout.storage.elasticsearch.SearchPage.Hit;
import io.lookout.storage.store.CacheMeters;
import io.lookout.storage.store.LabelTables;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Blocks that were read before, within bounds. The id of a block names its contents, so that none
 * is ever out of date; whether it is still there, the engine is asked each time. Thread-safe.
 */
final class KnownBlocks {
  private final Cache<Key, OpenBlock> blocks;
  private final LabelTables tables;

  private record Key(String tenant, String id) {}

  /**
   * @param maxBytes roughly what the blocks may take in memory
   */
  KnownBlocks(long maxBytes, LabelTables tables, MeterRegistry meters) {
    this.tables = tables;
    blocks =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((Key key, OpenBlock block) -> block.estimatedBytes())
            .executor(Runnable::run)
            .recordStats()
            .build();
    CacheMeters.register("store", "blocks", blocks, meters);
  }

  /** The block, if it is known. */
  @Nullable OpenBlock known(String tenant, String id) {
    return blocks.getIfPresent(new Key(tenant, id));
  }

  /** Opens a block that is not known, and knows it from now on. */
  OpenBlock open(String tenant, Hit hit) throws CorruptBlockException {
    OpenBlock opened =
        OpenBlock.of(
            tables.table(tenant, hit.binary(BlockMapping.SERIES)),
            hit.number(BlockMapping.SEQUENCE),
            hit.binary(BlockMapping.CHUNKS));
    blocks.put(new Key(tenant, hit.id()), opened);
    return opened;
  }
}
