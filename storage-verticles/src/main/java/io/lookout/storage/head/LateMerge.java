package io.lookout.storage.head;

import io.lookout.model.SampleColumns;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.ChunkMerge;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Merges samples that came late into the chunks of a series.
 *
 * <pre>
 *   chunks   ├──a──┤├──b──┤  ├──c──┤          └─ window ─┘
 *   late         •    •  •
 *   merged   ├────a+b────────┤├──c──┤
 * </pre>
 *
 * <p>Makes another list and leaves the one it was given alone, so that whatever fails on the way,
 * an {@link OutOfMemoryError} included, the series is what it was.
 */
final class LateMerge {
  /** Samples of a chunk that a merge makes. */
  static final int MERGED = 2 * Series.OPEN;

  private final HeadScratch scratch;
  private final ChunkMerge merge;
  private int duplicates;
  private int replaced;

  LateMerge(HeadScratch scratch) {
    this.scratch = scratch;
    this.merge = scratch.merge;
  }

  /** All samples, in chunks that ascend, do not overlap, and lie within one window each. */
  List<Chunk> merge(List<Chunk> chunks, SampleColumns late) {
    duplicates = 0;
    replaced = 0;
    List<Chunk> merged = chunks;
    int at = 0;
    while (at < late.size) {
      long end = scratch.windowOf(late.times[at]) + scratch.window;
      SampleColumns part = new SampleColumns(8);
      while (at < late.size && late.times[at] < end) {
        ChunkMerge.append(late, at++, part);
      }
      merged = mergePart(merged, part);
    }
    scratch.counts.duplicates += duplicates;
    scratch.counts.replaced += replaced;
    return merged;
  }

  /** Merges samples of one window with the chunks between the first and the last of them. */
  private List<Chunk> mergePart(List<Chunk> chunks, SampleColumns part) {
    long from = part.times[0];
    long to = part.times[part.size - 1];
    List<Chunk> touched = new ArrayList<>();
    List<Chunk> kept = new ArrayList<>(chunks.size());
    for (Chunk chunk : chunks) {
      (chunk.overlaps(from, to) ? touched : kept).add(chunk);
    }
    SampleColumns older = merge.samples(touched);
    countReplaced(older, part);
    SampleColumns merged = ChunkMerge.merge(older, part);
    return with(kept, merge.encode(merged, 0, merged.size, MERGED));
  }

  private void countReplaced(SampleColumns older, SampleColumns part) {
    int i = 0;
    for (int j = 0; j < part.size; j++) {
      while (i < older.size && older.times[i] < part.times[j]) {
        i++;
      }
      if (i < older.size && older.times[i] == part.times[j]) {
        if (same(older, i, part, j)) {
          duplicates++;
        } else {
          replaced++;
        }
      }
    }
  }

  private static boolean same(SampleColumns a, int i, SampleColumns b, int j) {
    return Double.doubleToRawLongBits(a.values[i]) == Double.doubleToRawLongBits(b.values[j])
        && Objects.equals(a.histogram(i), b.histogram(j));
  }

  /** Another list, in the order of time, of chunks that ascend and chunks that fit between them. */
  static List<Chunk> with(List<Chunk> chunks, List<Chunk> added) {
    List<Chunk> all = new ArrayList<>(chunks.size() + added.size());
    all.addAll(chunks);
    for (Chunk chunk : added) {
      int at = all.size();
      while (at > 0 && all.get(at - 1).minTime() > chunk.minTime()) {
        at--;
      }
      all.add(at, chunk);
    }
    return all;
  }
}
