package io.lookout.storage.head;

import io.lookout.model.SampleColumns;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.ChunkEncoder;
import io.lookout.model.chunk.ChunkMerge;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** What the series of a head share while they work: codecs, buffers, counts. */
final class HeadScratch {
  final long window;
  final ChunkMerge merge = new ChunkMerge();
  final ChunkEncoder encoder = new ChunkEncoder();
  final SampleColumns samples = new SampleColumns(Series.OPEN);
  final HeadCounts counts = new HeadCounts();
  final WindowSeries windows = new WindowSeries();
  final LateMerge late;

  /** Series with side buffers, those first that have one longest; some have none any more. */
  final Queue<Series> waiting = new ArrayDeque<>();

  private final HeadWindows kept;
  private final long maxSideBytes;

  /**
   * @param kept is told what samples take
   */
  HeadScratch(long window, HeadWindows kept, long maxSideBytes) {
    this.window = window;
    this.kept = kept;
    this.maxSideBytes = maxSideBytes;
    this.late = new LateMerge(this);
  }

  /**
   * Series whose open columns are full. They are encoded behind a batch and not where a sample is
   * appended: the encoder is large, and a JIT compiler would make it part of the loop over samples,
   * and of each way into it.
   */
  private @Nullable Series[] full = new Series[64];

  private int fullCount;

  void full(Series series) {
    if (fullCount == full.length) {
      full = Arrays.copyOf(full, fullCount * 2);
    }
    full[fullCount++] = series;
  }

  /** Encodes what is full. A series may have been encoded on another way in between. */
  void encodeFull() {
    for (int i = 0; i < fullCount; i++) {
      Series series = full[i];
      full[i] = null;
      if (series != null) {
        series.encodeFull(this);
      }
    }
    fullCount = 0;
  }

  /** Open samples of a window have become chunks. */
  void packed(OpenColumns open, List<Chunk> chunks) {
    int each = open.holdsHistograms() ? HeadWindows.HISTOGRAM : HeadWindows.FLOAT;
    kept.count(open.window(), -(long) each * open.size);
    chunks.forEach(chunk -> count(chunk, 1));
  }

  /** Chunks and what came late are other chunks now. */
  void merged(List<Chunk> before, SampleColumns side, List<Chunk> after) {
    for (int i = 0; i < side.size; i++) {
      int bytes = side.histogram(i) == null ? HeadWindows.FLOAT : HeadWindows.HISTOGRAM;
      kept.count(windowOf(side.times[i]), -bytes);
    }
    before.forEach(chunk -> count(chunk, -1));
    after.forEach(chunk -> count(chunk, 1));
  }

  private void count(Chunk chunk, int sign) {
    counts.chunkBytes += (long) sign * chunk.encodedBytes();
    kept.count(windowOf(chunk.minTime()), (long) sign * (chunk.encodedBytes() + HeadWindows.CHUNK));
  }

  /** Merges the side buffers that wait longest, until the others are within their bound. */
  void boundSides() {
    while (counts.sideBytes > maxSideBytes) {
      Series longest = waiting.poll();
      if (longest == null) {
        return;
      }
      counts.sidesMerged++;
      longest.mergeWaiting(this);
    }
  }

  /** Forgets series that have no side buffer any more. */
  void forgetMerged() {
    waiting.removeIf(Series::stopsWaiting);
  }

  int fullCount() {
    return fullCount;
  }

  long windowOf(long time) {
    return time - Math.floorMod(time, window);
  }
}
