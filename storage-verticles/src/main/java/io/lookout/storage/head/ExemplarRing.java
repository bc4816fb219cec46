package io.lookout.storage.head;

import io.lookout.model.SeriesKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** The newest exemplars of all series, so many and not more. */
final class ExemplarRing {
  private final int capacity;
  private final Deque<SeriesExemplar> ring = new ArrayDeque<>();

  ExemplarRing(int capacity) {
    this.capacity = capacity;
  }

  void add(SeriesExemplar exemplar) {
    if (capacity == 0) {
      return;
    }
    if (ring.size() == capacity) {
      ring.removeFirst();
    }
    ring.addLast(exemplar);
  }

  /** Those of the series and times, in the order in which they came. */
  List<SeriesExemplar> find(Predicate<SeriesKey> series, long minTime, long maxTime) {
    List<SeriesExemplar> found = new ArrayList<>();
    for (SeriesExemplar each : ring) {
      long time = each.exemplar().time();
      if (time >= minTime && time <= maxTime && series.test(each.key())) {
        found.add(each);
      }
    }
    return found;
  }
}
