package io.lookout.query.select;

import io.lookout.model.aggregate.Aggregate;
import io.lookout.model.aggregate.TimePart;
import io.lookout.model.bus.SelectResult;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Notices samples of one node for a time for which another one gave aggregates: they may be in
 * these already, and would count twice. So it is where a node reads a shared store too, since it
 * has just put something there. Not thread-safe.
 */
final class Mixture {
  private final Map<String, Answer> answers = new HashMap<>();

  /** Of one node. */
  private static final class Answer {
    private final List<TimePart> downsampled = new ArrayList<>();
    private final List<SeriesChunks> samples = new ArrayList<>();

    boolean reachesInto(List<TimePart> others) {
      List<TimePart> parts = others.stream().filter(each -> !downsampled.contains(each)).toList();
      return !parts.isEmpty()
          && samples.stream()
              .anyMatch(
                  series -> series.chunks().stream().anyMatch(chunk -> overlapsAny(chunk, parts)));
    }

    private static boolean overlapsAny(Chunk chunk, List<TimePart> parts) {
      for (TimePart part : parts) {
        if (chunk.overlaps(part.minTime(), part.maxTime())) {
          return true;
        }
      }
      return false;
    }
  }

  void add(String node, SelectResult result) {
    Answer answer = answers.computeIfAbsent(node, name -> new Answer());
    answer.downsampled.addAll(result.downsampled());
    for (SeriesChunks each : result.series()) {
      if (each.key().labels().valueOf(Aggregate.LABEL).isEmpty()) {
        answer.samples.add(each);
      }
    }
  }

  boolean isThere() {
    return answers.values().stream()
        .anyMatch(one ->
            answers.values().stream()
                .anyMatch(other -> !other.equals(one) && one.reachesInto(other.downsampled)));
  }
}
