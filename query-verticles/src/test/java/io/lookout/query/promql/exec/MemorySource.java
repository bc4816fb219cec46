package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.query.promql.plan.Selection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Samples in memory. */
final class MemorySource implements SampleSource {
  private final Map<Labels, SampleColumns> data = new TreeMap<>(Labels.ORDER);

  /** A float every 15 s from time 0 on. */
  MemorySource with(Labels labels, double... values) {
    SampleColumns samples = data.computeIfAbsent(labels, l -> new SampleColumns());
    for (int i = 0; i < values.length; i++) {
      samples.add(i * 15_000L, values[i]);
    }
    return this;
  }

  MemorySource with(Labels labels, SampleColumns samples) {
    data.put(labels, samples);
    return this;
  }

  @Override
  public SeriesSet select(Selection selection) {
    List<Map.Entry<Labels, SampleColumns>> series =
        data.entrySet().stream()
            .filter(e -> selection.matchers().stream().allMatch(m -> m.matches(e.getKey())))
            .toList();
    return new SeriesSet() {
      @Override
      public int size() {
        return series.size();
      }

      @Override
      public Labels labels(int i) {
        return series.get(i).getKey();
      }

      @Override
      public Reader reader() {
        return (i, minTime, maxTime, out) -> copy(series.get(i).getValue(), minTime, maxTime, out);
      }
    };
  }

  private static void copy(SampleColumns from, long minTime, long maxTime, SampleColumns out) {
    for (int i = 0; i < from.size; i++) {
      if (from.times[i] >= minTime && from.times[i] <= maxTime) {
        out.add(from.times[i], from.values[i]);
      }
    }
  }
}
