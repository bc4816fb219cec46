package io.lookout.storage.head;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Which series have samples of which window, so that sealing a window costs what it holds and not
 * what the head holds. A slot may be named for more than it has, never for less.
 */
final class WindowSeries {
  /** Slots by the start of the window, for samples that are not frozen. */
  private final Map<Long, RoaringBitmap> open = new HashMap<>();

  /** Slots by generation. */
  private final Map<Long, RoaringBitmap> frozen = new HashMap<>();

  /** Slots of series that were added since windows were released last. */
  private RoaringBitmap added = new RoaringBitmap();

  // The window asked for last: mostly it is the one that is asked for next.
  private long lastWindow;
  private @Nullable RoaringBitmap last;

  /** The series has samples of the window from now on. */
  void add(long window, int slot) {
    RoaringBitmap slots = last;
    if (slots == null || window != lastWindow) {
      slots = open.computeIfAbsent(window, w -> new RoaringBitmap());
      last = slots;
      lastWindow = window;
    }
    slots.add(slot);
  }

  /** A series is new, and may stay without samples. */
  void added(int slot) {
    added.add(slot);
  }

  void forEachOpen(long window, SeriesTable table, Consumer<Series> visitor) {
    forEach(open.get(window), table, visitor);
  }

  void forEachFrozen(long generation, SeriesTable table, Consumer<Series> visitor) {
    forEach(frozen.get(generation), table, visitor);
  }

  private static void forEach(
      @Nullable RoaringBitmap slots, SeriesTable table, Consumer<Series> visitor) {
    if (slots != null) {
      PeekableIntIterator each = slots.getIntIterator();
      while (each.hasNext()) {
        Series series = table.at(each.next());
        if (series != null) {
          visitor.accept(series);
        }
      }
    }
  }

  /** What there was of the window belongs to the generation. */
  void freeze(long window, long generation) {
    RoaringBitmap slots = open.remove(window);
    last = null;
    if (slots != null) {
      frozen.computeIfAbsent(generation, g -> new RoaringBitmap()).or(slots);
    }
  }

  /** Forgets the generation. */
  void release(long generation) {
    frozen.remove(generation);
  }

  /**
   * The series that may have nothing left once the generation is gone: a bitmap of the caller's.
   */
  RoaringBitmap releasedAndAdded(long generation) {
    RoaringBitmap candidates = added;
    added = new RoaringBitmap();
    RoaringBitmap slots = frozen.get(generation);
    if (slots != null) {
      candidates.or(slots);
    }
    return candidates;
  }
}
