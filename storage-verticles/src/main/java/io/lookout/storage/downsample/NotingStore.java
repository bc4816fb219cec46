package io.lookout.storage.downsample;

import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.storage.block.Block;
import io.lookout.storage.store.BlockRange;
import io.lookout.storage.store.BlockStore;
import io.lookout.storage.store.StoredBlock;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;

/** The store of samples as shards see it: what they put is noted before it can be found. */
public final class NotingStore implements BlockStore {
  private final BlockStore store;
  private final Coverage coverage;

  public NotingStore(BlockStore store, Coverage coverage) {
    this.store = store;
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

  @Override
  public Future<List<SeriesChunks>> select(SelectRequest request) {
    return store.select(request);
  }

  @Override
  public Future<LabelResult> labels(LabelQuery query) {
    return store.labels(query);
  }

  @Override
  public Future<Void> dropBefore(long time) {
    return store.dropBefore(time);
  }

  @Override
  public Future<List<StoredBlock>> list(BlockRange range) {
    return store.list(range);
  }

  @Override
  public Future<List<Block>> fetch(List<StoredBlock> blocks) {
    return store.fetch(blocks);
  }

  @Override
  public Future<Void> delete(List<StoredBlock> blocks) {
    return store.delete(blocks);
  }

  @Override
  public Future<Void> pack(long from, long to) {
    return store.pack(from, to);
  }

  @Override
  public Future<Void> snapshot(Path directory) {
    return store.snapshot(directory);
  }

  @Override
  public boolean shared() {
    return store.shared();
  }

  @Override
  public Future<StoreStats> stats() {
    return store.stats();
  }

  @Override
  public Future<Void> close() {
    return store.close();
  }
}
