package io.lookout.storage.head;

import io.lookout.model.Label;
import io.lookout.model.bus.HeadResult;
import io.lookout.model.bus.HeadResult.Count;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What heads hold of a tenant: how many series have which label. Heads of one node are added up; a
 * value that several of them have is one.
 */
public final class HeadStatistics {
  private static final Comparator<Count> LARGEST_FIRST =
      Comparator.comparingLong(Count::count).reversed().thenComparing(Count::name);

  private final Map<String, Map<String, Integer>> series = new HashMap<>();
  private long seriesCount;
  private long chunks;
  private long minTime = Long.MAX_VALUE;
  private long maxTime = Long.MIN_VALUE;

  void label(String name, String value, int seriesWithIt) {
    series.computeIfAbsent(name, label -> new HashMap<>()).merge(value, seriesWithIt, Integer::sum);
  }

  /** A series with so many chunks and samples from then to then, ms. */
  void series(int itsChunks, long from, long to) {
    seriesCount++;
    chunks += itsChunks;
    minTime = Math.min(minTime, from);
    maxTime = Math.max(maxTime, to);
  }

  /** Adds those of another head. */
  public void add(HeadStatistics other) {
    other.series.forEach(
        (name, values) -> values.forEach((value, count) -> label(name, value, count)));
    seriesCount += other.seriesCount;
    chunks += other.chunks;
    minTime = Math.min(minTime, other.minTime);
    maxTime = Math.max(maxTime, other.maxTime);
  }

  /** With so many entries in each list. */
  public HeadResult result(int limit) {
    List<Count> metrics = new ArrayList<>();
    List<Count> values = new ArrayList<>();
    List<Count> bytes = new ArrayList<>();
    List<Count> pairs = new ArrayList<>();
    series.forEach((name, counts) -> {
      values.add(new Count(name, counts.size()));
      long total = 0;
      for (Map.Entry<String, Integer> each : counts.entrySet()) {
        int count = each.getValue();
        total += (long) count * each.getKey().getBytes(StandardCharsets.UTF_8).length;
        pairs.add(new Count(name + "=" + each.getKey(), count));
        if (name.equals(Label.METRIC_NAME)) {
          metrics.add(new Count(each.getKey(), count));
        }
      }
      bytes.add(new Count(name, total));
    });
    return new HeadResult(
        seriesCount,
        chunks,
        pairs.size(),
        minTime,
        maxTime,
        largest(metrics, limit),
        largest(values, limit),
        largest(bytes, limit),
        largest(pairs, limit));
  }

  private static List<Count> largest(List<Count> counts, int limit) {
    return counts.stream().sorted(LARGEST_FIRST).limit(limit).toList();
  }
}
