package io.lookout.storage.head;

import io.lookout.model.Fingerprint;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.histogram.NativeHistogram;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

  private static final int SIDE = 128;

  final SeriesKey key;
  final int slot;
  private final long fingerprintHigh;
  private final long fingerprintLow;

  private long firstTime = Long.MAX_VALUE;
  private long lastTime = Long.MIN_VALUE;
  private long windowEnd = Long.MIN_VALUE;
  private final OpenColumns open = new OpenColumns();
  private List<Chunk> chunks = List.of();
  private List<FrozenChunk> frozen = List.of();
  private @Nullable SideBuffer side;

  /** Whether the scratch knows that there is a side buffer, or was. */
  private boolean waiting;

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
    scratch.windows.add(window, slot);
  }

  /** No sample since the series is here was older, ms; the largest there is where none came. */
  long firstTime() {
    return firstTime;
  }

  /** A sample of this time comes, older than all before. */
  void beginAt(long time) {
    firstTime = time;
  }

  /** Of all samples since the series is here, ms; the least there is where it has none. */
  long lastTime() {
    return lastTime;
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
    putAside(time, value, histogram, startTime, scratch);
  }

  private void putAside(
      long time,
      double value,
      @Nullable NativeHistogram histogram,
      long startTime,
      HeadScratch scratch) {
    scratch.windows.add(scratch.windowOf(time), slot);
    if (!waiting) {
      scratch.waiting.add(this);
      waiting = true;
    }
    SideBuffer buffer = side;
    if (buffer == null) {
      buffer = new SideBuffer();
      scratch.counts.sideBytes += buffer.bytes();
      side = buffer;
    }
    long before = buffer.bytes();
    buffer.put(time, value, histogram, startTime, scratch.counts);
    scratch.counts.sideBytes += buffer.bytes() - before;
    if (buffer.samples.size >= SIDE) {
      mergeSide(scratch);
    }
  }

  /** The scratch has told it that side buffers take too much. */
  void mergeWaiting(HeadScratch scratch) {
    waiting = false;
    mergeSide(scratch);
  }

  /** Whether it has no side buffer; one that has none does not wait any more. */
  boolean stopsWaiting() {
    waiting &= side != null;
    return !waiting;
  }

  private void encodeOpen(HeadScratch scratch) {
    if (open.size == 0) {
      return;
    }
    scratch.samples.clear();
    open.copyTo(scratch.samples);
    List<Chunk> added = scratch.merge.encode(scratch.samples, 0, open.size, OPEN);
    List<Chunk> all = LateMerge.with(chunks, added);
    // From here on nothing can fail: a series is as before, or has both.
    scratch.packed(open, added);
    chunks = all;
    open.clear(open.window());
  }

  private void mergeSide(HeadScratch scratch) {
    SideBuffer buffer = side;
    if (buffer == null) {
      return;
    }
    SampleColumns late = buffer.samples;
    if (open.size > 0 && late.times[late.size - 1] >= open.firstTime()) {
      encodeOpen(scratch);
    }
    List<Chunk> merged = scratch.late.merge(chunks, late);
    // From here on nothing can fail.
    scratch.merged(chunks, late, merged);
    scratch.counts.sideBytes -= buffer.bytes();
    chunks = merged;
    side = null;
  }

  /** Whether there is a sample in [from, to]; the open columns and the side buffer count whole. */
  boolean overlaps(long from, long to) {
    // Mostly the newest one is wanted, of which the series itself knows: it is all that is looked
    // at.
    if (lastTime >= from && lastTime <= to && lastTime != Long.MIN_VALUE) {
      return true;
    }
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

  /** Whether a reader gets what is there: nothing is to be merged or packed first. */
  boolean isReadAsIs() {
    return side == null && frozen.isEmpty() && !open.holdsHistograms();
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
        return scratch.merge.merge(found, LateMerge.MERGED);
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
    List<Chunk> kept = new ArrayList<>(chunks.size());
    List<FrozenChunk> moved = new ArrayList<>(frozen.size() + chunks.size());
    moved.addAll(frozen);
    for (Chunk chunk : chunks) {
      if (scratch.windowOf(chunk.minTime()) == window) {
        moved.add(new FrozenChunk(chunk, generation));
      } else {
        kept.add(chunk);
      }
    }
    frozen = moved.isEmpty() ? List.of() : moved;
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
