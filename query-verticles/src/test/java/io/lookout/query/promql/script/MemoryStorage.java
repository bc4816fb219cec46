package io.lookout.query.promql.script;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.exec.SampleSource;
import io.lookout.query.promql.exec.SeriesSet;
import io.lookout.query.promql.exec.WrittenHints;
import io.lookout.query.promql.plan.Query;
import io.lookout.query.promql.plan.Selection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Samples in a map, evaluated by the engine. */
final class MemoryStorage implements ScriptStorage {
  private final Map<Labels, SampleColumns> series = new TreeMap<>(Labels.ORDER);
  private final SampleSource source = this::select;
  private final QueryAnswers answers = new QueryAnswers(plan -> source);

  @Override
  public void clear() {
    series.clear();
  }

  @Override
  public void load(Labels labels, SampleColumns samples) {
    series.merge(labels, samples, MemoryStorage::merged);
  }

  private static SampleColumns merged(SampleColumns a, SampleColumns b) {
    SampleColumns all = new SampleColumns();
    int i = 0;
    int j = 0;
    while (i < a.size || j < b.size) {
      boolean first = j == b.size || (i < a.size && a.times[i] <= b.times[j]);
      if (first && j < b.size && a.times[i] == b.times[j]) {
        j++;
      }
      copy(first ? a : b, first ? i++ : j++, all);
    }
    return all;
  }

  private static void copy(SampleColumns from, int i, SampleColumns to) {
    NativeHistogram histogram = from.histogram(i);
    if (histogram == null) {
      to.add(from.times[i], from.values[i]);
    } else {
      to.add(from.times[i], histogram);
    }
    if (from.startTimeAt(i) != 0) {
      to.startTime(from.startTimeAt(i));
    }
  }

  private SeriesSet select(Selection selection) {
    List<Map.Entry<Labels, SampleColumns>> selected =
        series.entrySet().stream().filter(e -> matches(selection.matchers(), e.getKey())).toList();
    return new SeriesSet() {
      @Override
      public int size() {
        return selected.size();
      }

      @Override
      public Labels labels(int i) {
        return selected.get(i).getKey();
      }

      @Override
      public Reader reader() {
        return (i, minTime, maxTime, out) ->
            read(selected.get(i).getValue(), minTime, maxTime, out);
      }
    };
  }

  private static boolean matches(List<Matcher> matchers, Labels labels) {
    return matchers.stream().allMatch(m -> m.matches(labels.valueOf(m.name())));
  }

  private static void read(SampleColumns samples, long minTime, long maxTime, SampleColumns out) {
    int first = out.size;
    for (int i = 0; i < samples.size && samples.times[i] <= maxTime; i++) {
      copy(samples, i, out);
    }
    if (out.histograms != null) {
      WrittenHints.set(out, first);
    }
    WrittenHints.dropBefore(out, first, minTime);
  }

  @Override
  public Answer instant(String expression, long time) {
    return answers.answer(expression, Query.instant(time));
  }

  @Override
  public Answer range(String expression, long start, long end, long step) {
    return answers.answer(expression, Query.range(start, end, step));
  }

  @Override
  public void close() {
    clear();
  }
}
