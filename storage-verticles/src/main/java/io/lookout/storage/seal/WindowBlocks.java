package io.lookout.storage.seal;

import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.storage.block.Block;
import io.lookout.storage.block.BlockOrigin;
import io.lookout.storage.block.BlockWriter;
import io.lookout.storage.shard.SealedWindow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The blocks of a sealed window, some at a time, so that a window of any size takes little memory.
 * The same window gives the same blocks. Used by one thread at a time.
 */
final class WindowBlocks {
  /** Series names are not always the first label: upper case sorts before {@code __name__}. */
  private static final Comparator<SeriesChunks> BY_METRIC =
      Comparator.<SeriesChunks, String>comparing(s -> s.key().tenant())
          .thenComparing(s -> s.key().labels().metricName())
          .thenComparing(s -> s.key().labels(), Labels.ORDER);

  /**
   * The longer a column, the less a sample takes; but a query for a short stretch of a series that
   * is sampled very often decodes a whole chunk.
   */
  private static final int MAX_SAMPLES = 8192;

  private final long windowStart;
  private final long generation;
  private final List<SeriesChunks> series;
  private final int batchBytes;
  private final ChunkMerge longer = new ChunkMerge();
  private int next;

  /**
   * @param batchBytes about what one batch of blocks takes
   */
  WindowBlocks(SealedWindow window, int batchBytes) {
    this.windowStart = window.start();
    this.generation = window.generation();
    this.series = window.series().stream().sorted(BY_METRIC).toList();
    this.batchBytes = batchBytes;
  }

  /** The next blocks; empty when that was all. */
  List<Block> nextBatch() {
    List<Block> batch = new ArrayList<>();
    long bytes = 0;
    while (next < series.size() && bytes < batchBytes) {
      int end = endOfShare(next);
      for (Block block : write(series.subList(next, end))) {
        batch.add(block);
        bytes += block.bytes();
      }
      next = end;
    }
    return batch;
  }

  /** As many series of one metric as are encoded at once: whole blocks of any size. */
  private int endOfShare(int start) {
    SeriesKey first = series.get(start).key();
    int limit = Math.min(series.size(), start + 8 * BlockWriter.MAX_SERIES);
    int end = start + 1;
    while (end < limit && sameMetric(first, series.get(end).key())) {
      end++;
    }
    return end;
  }

  private static boolean sameMetric(SeriesKey a, SeriesKey b) {
    return a.tenant().equals(b.tenant()) && a.labels().metricName().equals(b.labels().metricName());
  }

  private List<Block> write(List<SeriesChunks> share) {
    SeriesKey first = share.getFirst().key();
    List<SeriesChunks> merged = new ArrayList<>(share.size());
    for (SeriesChunks each : share) {
      merged.add(new SeriesChunks(each.key(), longer.merge(each.chunks(), MAX_SAMPLES)));
    }
    String metric = first.labels().metricName();
    return new BlockWriter(new BlockOrigin(first.tenant(), metric, windowStart, generation, 0))
        .write(merged);
  }
}
