package io.lookout.storage.head;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which windows the head has samples of, and which of them are on their way to the block store.
 *
 * <p>A window whose time is past is complete when its samples stop coming: at once where history is
 * written in the order of time, so that a day of it does not pile up in memory. Where samples keep
 * coming, as when history is written series by series, it is cut after a while all the same.
 */
final class HeadWindows {
  /** Without a sample for so long, a window is taken to be complete, ms. */
  private static final long QUIET = 15_000;

  private static final int REMEMBERED = 1000;

  /** What a float takes before it is packed, bytes. */
  static final int FLOAT = 16;

  /** What a native histogram takes before it is packed, bytes, roughly. */
  static final int HISTOGRAM = 416;

  /** Objects around the bytes of a chunk. */
  static final int CHUNK = 120;

  /** The windows with samples that are not frozen, by their start. */
  private final TreeMap<Long, Coming> open = new TreeMap<>();

  /** When samples of a window came, wall time, ms. */
  private static final class Coming {
    private long first;
    private long last;
    private long bytes;

    Coming(long now) {
      first = now;
      last = now;
    }

    /** After a clock was set back, what came before that came now. */
    void notAfter(long now) {
      first = Math.min(first, now);
      last = Math.min(last, now);
    }
  }

  private final Map<Long, TreeSet<Long>> frozen = new HashMap<>();
  private long lastGeneration;

  /** Windows that were frozen before, the newest {@value #REMEMBERED}. */
  private final TreeSet<Long> sealed = new TreeSet<>();

  /** Samples of the window come: to be told at least once for every batch of them. */
  void touch(long window, long now) {
    Coming coming = open.get(window);
    if (coming == null) {
      open.put(window, new Coming(now));
    } else {
      coming.notAfter(now);
      coming.last = now;
    }
  }

  /** Samples of the window take so many bytes more, or less. */
  void count(long window, long bytes) {
    Coming coming = open.get(window);
    if (coming != null) {
      coming.bytes += bytes;
    }
  }

  /** The oldest generation of the window that is frozen and not released. */
  @Nullable Long frozenGeneration(long window) {
    TreeSet<Long> generations = frozen.get(window);
    return generations == null ? null : generations.first();
  }

  /** A generation that was not there before: by the clock, so that it need not be remembered. */
  long newGeneration(long now) {
    return Math.max(lastGeneration + 1, now);
  }

  void freeze(long window, long generation) {
    open.remove(window);
    frozen.computeIfAbsent(window, w -> new TreeSet<>()).add(generation);
    lastGeneration = Math.max(lastGeneration, generation);
    sealed.add(window);
    if (sealed.size() > REMEMBERED) {
      sealed.pollFirst();
    }
  }

  /** Whether the window was frozen before, so that what comes is a further generation of it. */
  boolean wasSealed(long window) {
    return sealed.contains(window);
  }

  /** This one was given out before. */
  void generation(long generation) {
    lastGeneration = Math.max(lastGeneration, generation);
  }

  /** The generation given out last, 0 before the first. */
  long lastGeneration() {
    return lastGeneration;
  }

  void release(long window, long generation) {
    lastGeneration = Math.max(lastGeneration, generation);
    TreeSet<Long> generations = frozen.get(window);
    if (generations != null) {
      generations.remove(generation);
      if (generations.isEmpty()) {
        frozen.remove(window);
      }
    }
  }

  /**
   * The windows that are complete or frozen, the oldest first. One that begins more than a window
   * ahead of the clock is complete too: a clock was wrong for a while, and the head would hold such
   * samples until their time comes.
   *
   * @param mostBytes of windows that wait: where there are more, none of them waits any longer
   */
  List<Long> sealable(long now, long window, long sealDelay, long lateDelay, long mostBytes) {
    TreeSet<Long> found = new TreeSet<>(frozen.keySet());
    List<Long> waiting = new ArrayList<>();
    long quiet = Math.min(QUIET, lateDelay);
    long bytes = 0;
    for (Map.Entry<Long, Coming> each : open.entrySet()) {
      long start = each.getKey();
      Coming coming = each.getValue();
      coming.notAfter(now);
      boolean past = now - sealDelay - window >= start;
      boolean ahead = start - now > window;
      if (past || ahead) {
        boolean complete = now >= coming.last + quiet || now >= coming.first + lateDelay;
        (complete ? found : waiting).add(start);
        bytes += coming.bytes;
      }
    }
    if (bytes > mostBytes) {
      found.addAll(waiting);
    }
    return new ArrayList<>(found);
  }

  List<Long> frozen() {
    return List.copyOf(frozen.keySet());
  }

  /** The windows that begin in [from, to] and are not frozen, the oldest first. */
  List<Long> openBetween(long from, long to) {
    return List.copyOf(open.subMap(from, true, to, true).keySet());
  }

  int openCount() {
    return open.size();
  }
}
