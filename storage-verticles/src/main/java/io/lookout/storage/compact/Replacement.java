package io.lookout.storage.compact;

import io.lookout.storage.block.Block;
import io.lookout.storage.store.Answers;
import io.lookout.storage.store.BlockStore;
import io.lookout.storage.store.StoredBlock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Blocks on their way into the store, and those that go when they are there. New ones are put
 * first; then compacted ones go, then sealed ones: wherever it ends, all samples are there, and
 * what is left of the inputs is not larger than the result beside it, which tells the next run that
 * there is work.
 */
final class Replacement {
  private static final long PUT_BYTES = 8L << 20;

  private final BlockStore store;
  private final CompactionMeters meters;
  private final List<Block> outputs = new ArrayList<>();
  private final Set<String> outputIds = new HashSet<>();
  private final List<StoredBlock> replaced = new ArrayList<>();
  private long outputBytes;

  Replacement(BlockStore store, CompactionMeters meters) {
    this.store = store;
    this.meters = meters;
  }

  void put(List<Block> blocks) throws InterruptedException {
    for (Block block : blocks) {
      outputs.add(block);
      outputIds.add(block.id());
      outputBytes += block.bytes();
    }
    if (outputBytes >= PUT_BYTES) {
      write();
    }
  }

  /** All that replaces these has been put. */
  void replace(List<StoredBlock> inputs) throws InterruptedException {
    replaced.addAll(inputs);
    if (outputs.isEmpty() || replaced.size() >= 10_000) {
      finish();
    }
  }

  private void write() throws InterruptedException {
    if (!outputs.isEmpty()) {
      Answers.await(store.put(List.copyOf(outputs)));
      meters.outputs.increment(outputs.size());
      meters.bytesWritten.increment((double) outputBytes);
      outputs.clear();
      outputBytes = 0;
    }
  }

  /** Brings to an end what has been begun. */
  void finish() throws InterruptedException {
    write();
    List<StoredBlock> gone =
        replaced.stream().filter(block -> !outputIds.contains(block.id())).toList();
    delete(gone.stream().filter(block -> block.origin().level() > 0).toList());
    delete(gone.stream().filter(block -> block.origin().level() == 0).toList());
    replaced.clear();
    outputIds.clear();
  }

  private void delete(List<StoredBlock> blocks) throws InterruptedException {
    if (!blocks.isEmpty()) {
      Answers.await(store.delete(blocks));
      meters.inputs.increment(blocks.size());
    }
  }
}
