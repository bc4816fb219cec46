package io.lookout.storage.downsample;

import io.lookout.storage.block.Block;
import io.lookout.storage.store.BlockStore;
import io.lookout.storage.store.ForwardingStore;
import io.vertx.core.Future;
import java.util.List;

/** The store of samples as shards see it: what they put is noted before it can be found. */
public final class NotingStore extends ForwardingStore {
  private final Coverage coverage;

  public NotingStore(BlockStore store, Coverage coverage) {
    super(store);
    this.coverage = coverage;
  }

  @Override
  public Future<Void> put(List<Block> blocks) {
    note(blocks);
    return store.put(blocks).onComplete(done -> note(blocks));
  }

  private void note(List<Block> blocks) {
    blocks.forEach(block -> coverage.changed(block.windowStart()));
  }
}
