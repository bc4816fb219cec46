package io.lookout.storage.store;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.lookout.storage.block.CorruptBlockException;
import io.lookout.storage.block.LabelTable;
import io.lookout.storage.block.LabelTableCodec;

/**
 * Decoded label tables by their bytes. A metric whose series do not change has the same table in
 * each of its windows, so that a query over many windows decodes it, and hashes its series, once.
 */
public final class LabelTables {
  private final Cache<Key, LabelTable> tables;

  private record Key(String tenant, HashValue128 hash) {}

  /**
   * @param maxBytes roughly what the tables may take in memory
   */
  public LabelTables(long maxBytes) {
    tables =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((Key key, LabelTable table) -> table.estimatedBytes())
            .executor(Runnable::run)
            .build();
  }

  public LabelTable table(String tenant, byte[] series) throws CorruptBlockException {
    Key key = new Key(tenant, Hashing.xxh3_128().hashBytesTo128Bits(series));
    LabelTable table = tables.getIfPresent(key);
    if (table == null) {
      table = LabelTableCodec.decode(tenant, series);
      tables.put(key, table);
    }
    return table;
  }
}
