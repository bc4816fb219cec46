package io.lookout.storage.head;

import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The newest exemplars of all series, so many and not more. One that a series has already as its
 * newest, as every scrape brings it again, is not taken twice.
 */
final class ExemplarRing {
  private final int capacity;
  private final Deque<SeriesExemplar> ring = new ArrayDeque<>();
  private final Map<SeriesKey, Exemplar> newest = new HashMap<>();

  ExemplarRing(int capacity) {
    this.capacity = capacity;
  }

  void add(SeriesExemplar exemplar) {
    if (capacity == 0 || exemplar.exemplar().equals(newest.get(exemplar.key()))) {
      return;
    }
    if (ring.size() == capacity) {
      SeriesExemplar oldest = ring.removeFirst();
      newest.remove(oldest.key(), oldest.exemplar());
    }
    ring.addLast(exemplar);
    newest.put(exemplar.key(), exemplar.exemplar());
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
