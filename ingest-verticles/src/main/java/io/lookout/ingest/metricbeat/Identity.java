package io.lookout.ingest.metricbeat;

import com.dynatrace.hash4j.hashing.HashValue128;
import io.lookout.ingest.decode.PairBytes;
import io.lookout.ingest.series.LabelPairs;
import io.lookout.ingest.series.SeriesIndex;
import java.util.Set;

/** The labels that all series of an event have: what was measured, and by whom. Used again. */
final class Identity {
  /** Those that every event has. */
  static final Set<String> STANDARD = Set.of("job", "instance", "host", "metricset");

  /** More labels than any limit lets pass: not worth looking at one by one. */
  static final int MOST_LABELS = 512;

  private final PairBytes bytes = new PairBytes();
  private final LabelPairs pairs = new LabelPairs();
  private long high;
  private long low;

  void clear() {
    pairs.clear();
  }

  int size() {
    return pairs.size();
  }

  private int indexOf(String name) {
    for (int i = 0; i < pairs.size(); i++) {
      if (pairs.name(i).equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Leaves out what is empty. Where the name is taken by something else, another one is used. */
  void add(String name, String value, String otherwise) {
    int taken = indexOf(name);
    if (taken < 0) {
      addAbsent(name, value);
    } else if (!pairs.value(taken).equals(value)) {
      addAbsent(otherwise, value);
    }
  }

  void addAbsent(String name, String value) {
    if (!value.isEmpty() && pairs.size() <= MOST_LABELS && indexOf(name) < 0) {
      pairs.add(name, value);
    }
  }

  /** To be called when all labels are there. */
  void seal(SeriesIndex index) {
    HashValue128 hash = bytes.hash(pairs, index);
    high = hash.getMostSignificantBits();
    low = hash.getLeastSignificantBits();
  }

  long high() {
    return high;
  }

  long low() {
    return low;
  }

  void copyTo(LabelPairs into) {
    for (int i = 0; i < pairs.size(); i++) {
      into.add(pairs.name(i), pairs.value(i));
    }
  }
}
