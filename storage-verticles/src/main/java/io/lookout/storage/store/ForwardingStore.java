package io.lookout.storage.store;

import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.storage.block.Block;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;

/** A store that has another one do everything, but for what a subclass does otherwise. */
public abstract class ForwardingStore implements BlockStore {
  protected final BlockStore store;

  protected ForwardingStore(BlockStore store) {
    this.store = store;
  }

  @Override
  public Future<Void> put(List<Block> blocks) {
    return store.put(blocks);
  }

  @Override
  public Future<Void> recovery() {
    return store.recovery();
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
  public boolean holdsBack() {
    return store.holdsBack();
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
