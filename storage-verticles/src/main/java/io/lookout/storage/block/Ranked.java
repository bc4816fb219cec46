package io.lookout.storage.block;

import io.lookout.model.chunk.Chunk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A chunk and how its samples stand to those of equal time in others: the higher sequence wins, of
 * equal sequences the higher order.
 */
record Ranked(Chunk chunk, long sequence, int order) {
  private static final Comparator<Ranked> BY_FIRST_TIME =
      Comparator.comparingLong(ranked -> ranked.chunk.minTime());
  private static final Comparator<Ranked> BY_SEQUENCE =
      Comparator.comparingLong(Ranked::sequence).thenComparingInt(Ranked::order);

  /** In the order of time, and where chunks overlap, directly or through others, of sequence. */
  static List<Chunk> inOrder(List<Ranked> chunks) {
    List<Ranked> sorted = new ArrayList<>(chunks);
    sorted.sort(BY_FIRST_TIME);
    int start = 0;
    while (start < sorted.size()) {
      int end = endOfOverlap(sorted, start);
      if (end - start > 1) {
        sorted.subList(start, end).sort(BY_SEQUENCE);
      }
      start = end;
    }
    return sorted.stream().map(Ranked::chunk).toList();
  }

  private static int endOfOverlap(List<Ranked> sorted, int start) {
    long last = sorted.get(start).chunk.maxTime();
    int end = start + 1;
    while (end < sorted.size() && sorted.get(end).chunk.minTime() <= last) {
      last = Math.max(last, sorted.get(end).chunk.maxTime());
      end++;
    }
    return end;
  }
}
