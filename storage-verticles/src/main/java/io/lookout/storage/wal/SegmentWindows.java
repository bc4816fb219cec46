package io.lookout.storage.wal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which windows a segment holds samples of that are not in the block store yet. When there is none
 * the segment can go.
 */
final class SegmentWindows {
  private final Set<Long> open = new HashSet<>();
  private final Map<Long, Set<Long>> sealed = new HashMap<>();

  void touch(long window) {
    open.add(window);
  }

  /** What was written of the window so far is part of the generation. */
  void sealed(long window, long generation) {
    if (open.remove(window)) {
      sealed.computeIfAbsent(window, w -> new HashSet<>()).add(generation);
    }
  }

  /** A generation that this segment does not know of is none of its business. */
  void released(long window, long generation) {
    Set<Long> generations = sealed.get(window);
    if (generations != null && generations.remove(generation) && generations.isEmpty()) {
      sealed.remove(window);
    }
  }

  boolean isEmpty() {
    return open.isEmpty() && sealed.isEmpty();
  }
}
