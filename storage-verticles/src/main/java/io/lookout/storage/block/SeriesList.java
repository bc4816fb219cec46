package io.lookout.storage.block;

import io.lookout.model.Labels;
import java.util.AbstractList;
import java.util.Collection;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Series, each once, that can tell whether another is among them. Who remembers an answer for the
 * next time so remembers that too. Never changes to the reader; thread-safe.
 */
final class SeriesList extends AbstractList<Labels> implements RandomAccess {
  private final Labels[] series;

  /** Open addressing by hash: one more than a place in the array, 0 for none. */
  private volatile int @Nullable [] places;

  /**
   * @param distinct each once
   */
  SeriesList(Collection<Labels> distinct) {
    series = distinct.toArray(new Labels[0]);
  }

  @Override
  public Labels get(int index) {
    return series[index];
  }

  @Override
  public int size() {
    return series.length;
  }

  /**
   * Whether the series is one of these. The one that was asked with then stands for its equal here:
   * heads ask with the same again and again, and to compare an object with itself costs nothing.
   * Whichever of two threads writes it last will do.
   */
  boolean has(Labels other) {
    int[] table = places;
    if (table == null) {
      table = hashed();
      places = table;
    }
    int mask = table.length - 1;
    int place = spread(other) & mask;
    while (table[place] != 0) {
      int index = table[place] - 1;
      if (isSame(series[index], other)) {
        series[index] = other;
        return true;
      }
      place = (place + 1) & mask;
    }
    return false;
  }

  @SuppressWarnings("ReferenceEquality") // Before anything of the other is looked at.
  private static boolean isSame(Labels each, Labels other) {
    return each == other || (each.hashCode() == other.hashCode() && each.equals(other));
  }

  private int[] hashed() {
    int[] table = new int[Integer.highestOneBit(Math.max(1, series.length)) * 4];
    for (int i = 0; i < series.length; i++) {
      int place = spread(series[i]) & (table.length - 1);
      while (table[place] != 0) {
        place = (place + 1) & (table.length - 1);
      }
      table[place] = i + 1;
    }
    return table;
  }

  private static int spread(Labels labels) {
    int hash = labels.hashCode() * 0x9E3779B9;
    return hash ^ (hash >>> 16);
  }
}
