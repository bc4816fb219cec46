package io.lookout.storage.head;

import io.lookout.model.SeriesKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The newest exemplars of all series, so many and not more. One that is there already, as every
 * scrape brings it again, is not taken twice: a native histogram has several at a time.
 */
final class ExemplarRing {
  private final int capacity;
  private final HeadCounts counts;

  /** In the order in which they came. */
  private final LinkedHashSet<SeriesExemplar> ring = new LinkedHashSet<>();

  ExemplarRing(int capacity, HeadCounts counts) {
    this.capacity = capacity;
    this.counts = counts;
  }

  int size() {
    return ring.size();
  }

  void add(SeriesExemplar exemplar) {
    if (capacity == 0 || !ring.add(exemplar)) {
      return;
    }
    counts.exemplars++;
    if (ring.size() > capacity) {
      ring.removeFirst();
      counts.exemplarsDropped++;
    }
  }

  /** Those of the series and times, in the order in which they came. */
  List<SeriesExemplar> find(Predicate<SeriesKey> series, long minTime, long maxTime) {
    Map<SeriesKey, Boolean> wanted = new HashMap<>();
    List<SeriesExemplar> found = new ArrayList<>();
    for (SeriesExemplar each : ring) {
      long time = each.exemplar().time();
      if (time >= minTime && time <= maxTime && wanted.computeIfAbsent(each.key(), series::test)) {
        found.add(each);
      }
    }
    return found;
  }
}
