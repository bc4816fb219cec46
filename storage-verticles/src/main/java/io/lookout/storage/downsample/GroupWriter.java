package io.lookout.storage.downsample;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.aggregate.Aggregate;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.storage.block.Block;
import io.lookout.storage.block.BlockOrigin;
import io.lookout.storage.block.BlockWriter;
import io.lookout.storage.store.Answers;
import io.lookout.storage.store.StoredBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes the aggregates of one group of blocks in one resolution. The last series is put when all
 * others are there, in a block that says so; then what the group had before goes.
 */
final class GroupWriter {
  private static final long PUT_BYTES = 4L << 20;

  private final Resolution resolution;
  private final BlockOrigin origin;
  private final int completeLevel;
  private final List<StoredBlock> replaced;
  private final DownsamplingMeters meters;
  private final ChunkMerge chunks = new ChunkMerge();
  private final Set<String> written = new HashSet<>();
  private List<SeriesChunks> open = new ArrayList<>();
  private long openBytes;

  /**
   * @param origin of all blocks but the last
   * @param completeLevel of the last
   */
  GroupWriter(
      Resolution resolution,
      BlockOrigin origin,
      int completeLevel,
      List<StoredBlock> replaced,
      DownsamplingMeters meters) {
    this.resolution = resolution;
    this.origin = origin;
    this.completeLevel = completeLevel;
    this.replaced = replaced;
    this.meters = meters;
  }

  /** Series in their order, each with all samples of the span. */
  void take(List<SeriesChunks> series) throws InterruptedException {
    SeriesAggregates aggregates = new SeriesAggregates(resolution.millis());
    for (SeriesChunks each : series) {
      if (!each.key().labels().valueOf(Aggregate.LABEL).isEmpty()) {
        meters.skipped.increment();
        continue;
      }
      SampleColumns samples = chunks.samples(each.chunks());
      aggregates.add(samples);
      for (SeriesChunks made : aggregates.take(origin.tenant(), each.key(), chunks)) {
        open.add(made);
        openBytes += made.chunks().stream().mapToLong(chunk -> chunk.values().length()).sum();
      }
      if (openBytes >= PUT_BYTES) {
        put(open.subList(0, open.size() - 1), origin);
        open = new ArrayList<>(List.of(open.getLast()));
        openBytes = 0;
      }
    }
  }

  void finish() throws InterruptedException {
    if (!open.isEmpty()) {
      put(open.subList(0, open.size() - 1), origin);
      put(List.of(open.getLast()), complete());
    }
    List<StoredBlock> old =
        replaced.stream().filter(block -> !written.contains(block.id())).toList();
    if (!old.isEmpty()) {
      Answers.await(resolution.store().delete(old));
    }
  }

  private BlockOrigin complete() {
    return new BlockOrigin(
        origin.tenant(), origin.metric(), origin.windowStart(), origin.sequence(), completeLevel);
  }

  private void put(List<SeriesChunks> series, BlockOrigin of) throws InterruptedException {
    if (series.isEmpty()) {
      return;
    }
    List<SeriesChunks> sorted =
        series.stream()
            .sorted(Comparator.comparing(each -> each.key().labels(), Labels.ORDER))
            .toList();
    List<Block> blocks = new BlockWriter(of).write(sorted);
    Answers.await(resolution.store().put(blocks));
    for (Block block : blocks) {
      written.add(block.id());
      meters.bytesWritten.increment(block.bytes());
    }
    meters.blocks.increment(blocks.size());
  }
}
