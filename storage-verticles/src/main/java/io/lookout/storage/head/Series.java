package io.lookout.storage.head;

import io.lookout.model.Fingerprint;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.model.histogram.NativeHistogram;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A series in the head. Its samples are, from old to new: frozen chunks (on their way to the block
 * store), chunks, and the open columns; beside them the side buffer with what came out of order.
 *
 * <p>Chunks ascend, do not overlap, and lie within one window each. Samples of the side buffer are
 * merged into them when somebody reads, when a window is frozen, or when there are many.
 */
final class Series {
  /** Open samples before they are encoded: two hours at 15 s make four chunks. */
  static final int OPEN = 120;

  /** Samples of a chunk that a merge makes. */
  private static final int MERGED = 2 * OPEN;

  private static final int SIDE = 128;

  final SeriesKey key;
  final int slot;
  private final long fingerprintHigh;
  private final long fingerprintLow;

  private long lastTime = Long.MIN_VALUE;
  private long windowEnd = Long.MIN_VALUE;
  private final OpenColumns open = new OpenColumns();
  private List<Chunk> chunks = List.of();
  private List<FrozenChunk> frozen = List.of();
  private @Nullable SideBuffer side;

  /** A chunk that is part of the generation of a sealed window. */
  private record FrozenChunk(Chunk chunk, long generation) {}

  Series(SeriesKey key, int slot) {
    this.key = key;
    this.slot = slot;
    this.fingerprintHigh = key.fingerprint().high();
    this.fingerprintLow = key.fingerprint().low();
  }

  boolean is(Fingerprint fingerprint) {
    return fingerprintLow == fingerprint.low() && fingerprintHigh == fingerprint.high();
  }

  long fingerprintLow() {
    return fingerprintLow;
  }

  boolean isEmpty() {
    return open.size == 0 && chunks.isEmpty() && frozen.isEmpty() && side == null;
  }

  void append(
      long time,
      double value,
      @Nullable NativeHistogram histogram,
      long startTime,
      HeadScratch scratch) {
    if (time <= lastTime) {
      appendOld(time, value, histogram, startTime, scratch);
      return;
    }
    if (time >= windowEnd
        || open.size == OPEN
        || open.size == 0
        || (histogram != null) != open.holdsHistograms()) {
      beginChunk(time, scratch);
    }
    int before = open.bytes();
    open.add(time, value, histogram, startTime);
    scratch.counts.openBytes += open.bytes() - before;
    lastTime = time;
    if (open.size == OPEN) {
      scratch.full(this);
    }
  }

  /** Encodes the open columns where they are full. */
  void encodeFull(HeadScratch scratch) {
    if (open.size == OPEN) {
      encodeOpen(scratch);
    }
  }

  private void beginChunk(long time, HeadScratch scratch) {
    if (open.size > 0) {
      encodeOpen(scratch);
    }
    long window = scratch.windowOf(time);
    windowEnd = window + scratch.window;
    open.clear(window);
  }

  private void appendOld(
      long time,
      double value,
      @Nullable NativeHistogram histogram,
      long startTime,
      HeadScratch scratch) {
    HeadCounts counts = scratch.counts;
    int at = open.size > 0 && time >= open.firstTime() ? open.find(time) : -1;
    if (at >= 0 && (histogram != null) == open.holdsHistograms()) {
      if (open.holds(at, value, histogram)) {
        counts.duplicates++;
      } else {
        counts.replaced++;
        open.replace(at, value, histogram, startTime);
      }
      return;
    }
    counts.outOfOrder++;
    SideBuffer buffer = side;
    if (buffer == null) {
      buffer = new SideBuffer();
      side = buffer;
    }
    buffer.put(time, value, histogram, startTime);
    if (buffer.samples.size >= SIDE) {
      mergeSide(scratch);
    }
  }

  private void encodeOpen(HeadScratch scratch) {
    if (open.size == 0) {
      return;
    }
    scratch.samples.clear();
    open.copyTo(scratch.samples);
    add(scratch.merge.encode(scratch.samples, 0, open.size, OPEN), scratch);
    open.clear(open.window());
  }

  private void add(List<Chunk> added, HeadScratch scratch) {
    if (chunks.isEmpty()) {
      chunks = new ArrayList<>(4);
    }
    for (Chunk chunk : added) {
      int at = chunks.size();
      while (at > 0 && chunks.get(at - 1).minTime() > chunk.minTime()) {
        at--;
      }
      chunks.add(at, chunk);
      scratch.counts.chunkBytes += chunk.encodedBytes();
    }
  }

  private void mergeSide(HeadScratch scratch) {
    SideBuffer buffer = side;
    if (buffer == null) {
      return;
    }
    side = null;
    SampleColumns late = buffer.samples;
    if (open.size > 0 && late.times[late.size - 1] >= open.firstTime()) {
      encodeOpen(scratch);
    }
    int at = 0;
    while (at < late.size) {
      long end = scratch.windowOf(late.times[at]) + scratch.window;
      SampleColumns part = new SampleColumns(8);
      while (at < late.size && late.times[at] < end) {
        ChunkMerge.append(late, at++, part);
      }
      mergePart(part, scratch);
    }
  }

  /** Merges samples of one window with the chunks between the first and the last of them. */
  private void mergePart(SampleColumns part, HeadScratch scratch) {
    long from = part.times[0];
    long to = part.times[part.size - 1];
    List<Chunk> touched = new ArrayList<>();
    for (Chunk chunk : chunks) {
      if (chunk.overlaps(from, to)) {
        touched.add(chunk);
        scratch.counts.chunkBytes -= chunk.encodedBytes();
      }
    }
    if (!touched.isEmpty()) {
      chunks.removeAll(touched);
    }
    SampleColumns older = scratch.merge.samples(touched);
    countReplaced(older, part, scratch.counts);
    SampleColumns merged = ChunkMerge.merge(older, part);
    add(scratch.merge.encode(merged, 0, merged.size, MERGED), scratch);
  }

  private static void countReplaced(SampleColumns older, SampleColumns part, HeadCounts counts) {
    int i = 0;
    for (int j = 0; j < part.size; j++) {
      while (i < older.size && older.times[i] < part.times[j]) {
        i++;
      }
      if (i < older.size && older.times[i] == part.times[j]) {
        if (same(older, i, part, j)) {
          counts.duplicates++;
        } else {
          counts.replaced++;
        }
      }
    }
  }

  private static boolean same(SampleColumns a, int i, SampleColumns b, int j) {
    return Double.doubleToRawLongBits(a.values[i]) == Double.doubleToRawLongBits(b.values[j])
        && Objects.equals(a.histogram(i), b.histogram(j));
  }

  /** Whether there is a sample in [from, to]; the open columns and the side buffer count whole. */
  boolean overlaps(long from, long to) {
    if (open.size > 0 && open.firstTime() <= to && open.lastTime() >= from) {
      return true;
    }
    SideBuffer buffer = side;
    if (buffer != null
        && buffer.samples.times[0] <= to
        && buffer.samples.times[buffer.samples.size - 1] >= from) {
      return true;
    }
    for (Chunk chunk : chunks) {
      if (chunk.overlaps(from, to)) {
        return true;
      }
    }
    for (FrozenChunk each : frozen) {
      if (each.chunk().overlaps(from, to)) {
        return true;
      }
    }
    return false;
  }

  /** Chunks with all samples in [from, to] and maybe more, in the order of their first time. */
  List<Chunk> read(long from, long to, HeadScratch scratch) {
    mergeSide(scratch);
    List<Chunk> found = new ArrayList<>(frozen.size() + chunks.size() + 1);
    for (FrozenChunk each : frozen) {
      if (each.chunk().overlaps(from, to)) {
        found.add(each.chunk());
      }
    }
    for (Chunk chunk : chunks) {
      if (chunk.overlaps(from, to)) {
        found.add(chunk);
      }
    }
    readOpen(from, to, scratch, found);
    return frozen.isEmpty() ? found : inOrder(found, scratch);
  }

  /**
   * A copy of the open samples that are wanted, as they are: packing them for each reader would
   * cost more than all else that a read does. Histograms are packed, and from the first on, since
   * their hints speak of the sample before.
   */
  private void readOpen(long from, long to, HeadScratch scratch, List<Chunk> found) {
    int begin = open.countBefore(from);
    int end = to == Long.MAX_VALUE ? open.size : open.countBefore(to + 1);
    if (begin >= end) {
      return;
    }
    scratch.samples.clear();
    if (open.holdsHistograms()) {
      open.copyTo(scratch.samples);
      found.addAll(scratch.merge.encode(scratch.samples, 0, open.size, OPEN));
    } else {
      open.copyFloatsTo(begin, end, scratch.samples);
      found.add(scratch.encoder.plain(scratch.samples, 0, end - begin));
    }
  }

  /** Late samples may lie between frozen ones: those were written later and count. */
  private static List<Chunk> inOrder(List<Chunk> found, HeadScratch scratch) {
    List<Chunk> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparingLong(Chunk::minTime));
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).minTime() <= sorted.get(i - 1).maxTime()) {
        return scratch.merge.merge(found, MERGED);
      }
    }
    return sorted;
  }

  /** Moves what there is of the window to the generation. */
  void freeze(long window, long generation, HeadScratch scratch) {
    mergeSide(scratch);
    if (open.size > 0 && open.window() == window) {
      encodeOpen(scratch);
      scratch.counts.openBytes -= open.bytes();
      open.release();
      windowEnd = Long.MIN_VALUE;
    }
    List<Chunk> kept = new ArrayList<>(4);
    for (Chunk chunk : chunks) {
      if (scratch.windowOf(chunk.minTime()) == window) {
        if (frozen.isEmpty()) {
          frozen = new ArrayList<>(4);
        }
        frozen.add(new FrozenChunk(chunk, generation));
      } else {
        kept.add(chunk);
      }
    }
    chunks = kept.isEmpty() ? List.of() : kept;
    if (open.size == 0) {
      // What comes next need not be later than what was frozen: that may have been far ahead.
      lastTime = kept.isEmpty() ? Long.MIN_VALUE : kept.getLast().maxTime();
    }
  }

  /** The chunks of the generation. */
  List<Chunk> frozen(long generation) {
    List<Chunk> found = new ArrayList<>(frozen.size());
    for (FrozenChunk each : frozen) {
      if (each.generation() == generation) {
        found.add(each.chunk());
      }
    }
    return found;
  }

  /** Forgets the chunks of the generation. */
  void release(long generation, HeadScratch scratch) {
    if (frozen.isEmpty()) {
      return;
    }
    List<FrozenChunk> kept = new ArrayList<>();
    for (FrozenChunk each : frozen) {
      if (each.generation() == generation) {
        scratch.counts.chunkBytes -= each.chunk().encodedBytes();
      } else {
        kept.add(each);
      }
    }
    frozen = kept.isEmpty() ? List.of() : kept;
  }

  /** Adds its chunks and the times of its samples. */
  void count(HeadStatistics statistics) {
    long from = Long.MAX_VALUE;
    long to = Long.MIN_VALUE;
    int count = chunks.size() + frozen.size() + (open.size > 0 ? 1 : 0);
    for (Chunk chunk : chunks) {
      from = Math.min(from, chunk.minTime());
      to = Math.max(to, chunk.maxTime());
    }
    for (FrozenChunk each : frozen) {
      from = Math.min(from, each.chunk().minTime());
      to = Math.max(to, each.chunk().maxTime());
    }
    if (open.size > 0) {
      from = Math.min(from, open.firstTime());
      to = Math.max(to, open.lastTime());
    }
    SideBuffer buffer = side;
    if (buffer != null) {
      from = Math.min(from, buffer.samples.times[0]);
      to = Math.max(to, buffer.samples.times[buffer.samples.size - 1]);
    }
    statistics.series(count, from, to);
  }

  /** What the open columns take, when the series is dropped. */
  int openBytes() {
    return open.bytes();
  }
}
