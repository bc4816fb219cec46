package io.lookout.storage.head;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which windows the head has samples of, and which of them are on their way to the block store. */
final class HeadWindows {
  /** Start of each window with samples that are not frozen, and when the first of them came. */
  private final TreeMap<Long, Long> open = new TreeMap<>();

  private final Map<Long, TreeSet<Long>> frozen = new HashMap<>();
  private long lastGeneration;

  void touch(long window, long now) {
    open.putIfAbsent(window, now);
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

  /** The windows that are complete or frozen, the oldest first. */
  List<Long> sealable(long now, long window, long sealDelay, long lateDelay) {
    TreeSet<Long> found = new TreeSet<>(frozen.keySet());
    open.forEach((start, firstCame) -> {
      if (now >= start + window + sealDelay && now >= firstCame + lateDelay) {
        found.add(start);
      }
    });
    return new ArrayList<>(found);
  }

  int openCount() {
    return open.size();
  }
}
