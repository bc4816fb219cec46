package io.lookout.cluster.ring;

import io.lookout.model.bus.KnownNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Every storage node that has been heard of: one that holds samples is missed when it is away,
 * however it went, until it is back, is forgotten, or has been away for so long that its samples
 * are past their retention. Nodes tell each other their census; of two entries for a node the one
 * of the later time is kept, so that all come to the same in whatever order they hear. Times are
 * milliseconds of wall time; not thread-safe.
 */
final class Census {
  private final long keepMillis;
  private final Map<String, KnownNode> known = new TreeMap<>();

  /**
   * @param keep how long a node is missed; zero misses nobody
   */
  Census(Duration keep) {
    keepMillis = keep.toMillis();
  }

  /** It is there. Counts as later than whatever was said before, also by a clock that is ahead. */
  void heard(String id, long now) {
    if (keepMillis == 0) {
      return;
    }
    KnownNode before = known.get(id);
    long time = before == null ? now : Math.max(now, before.heard() + (before.forgotten() ? 1 : 0));
    known.put(id, new KnownNode(id, time, false));
  }

  void forget(String id, long now) {
    KnownNode before = known.get(id);
    if (before != null) {
      known.put(id, new KnownNode(id, Math.max(now, before.heard() + 1), true));
    }
  }

  void merge(List<KnownNode> others, long now) {
    for (KnownNode other : others) {
      KnownNode mine = known.get(other.id());
      if (now - other.heard() < keepMillis && (mine == null || other.heard() > mine.heard())) {
        known.put(other.id(), other);
      }
    }
  }

  /** All that are still of interest, sorted by id. */
  List<KnownNode> all(long now) {
    known.values().removeIf(node -> now - node.heard() >= keepMillis);
    return List.copyOf(known.values());
  }

  /** Those that are missed while only these are there, sorted by id. */
  List<KnownNode> missing(Set<String> present, long now) {
    return all(now).stream()
        .filter(node -> !node.forgotten() && !present.contains(node.id()))
        .toList();
  }
}
