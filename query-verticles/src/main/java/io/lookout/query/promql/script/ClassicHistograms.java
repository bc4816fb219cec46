package io.lookout.query.promql.script;

import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.histogram.HistogramBuilder;
import io.lookout.model.histogram.HistogramLayout;
import io.lookout.model.histogram.NativeHistogram;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns classic histograms ({@code x_bucket}, {@code x_count}, {@code x_sum}) into native ones with
 * custom buckets, under the name {@code x}.
 */
final class ClassicHistograms {
  /** The parts of a histogram at one step. */
  private static final class Parts {
    final TreeMap<Double, Double> cumulative = new TreeMap<>();
    @Nullable Double count;
    double sum;
  }

  private final Map<Labels, TreeMap<Integer, Parts>> histograms = new LinkedHashMap<>();

  /** The native histograms of all classic ones among the lines. */
  static List<Command.SeriesLine> convert(List<Command.SeriesLine> lines) {
    ClassicHistograms classic = new ClassicHistograms();
    lines.forEach(classic::add);
    return classic.histograms.entrySet().stream()
        .map(e -> new Command.SeriesLine(e.getKey(), values(e.getValue()), List.of()))
        .toList();
  }

  private void add(Command.SeriesLine line) {
    String name = line.labels().metricName();
    int suffix = name.lastIndexOf('_');
    if (suffix <= 0) {
      return;
    }
    Labels base =
        line.labels().toBuilder()
            .set(Label.METRIC_NAME, name.substring(0, suffix))
            .remove("le")
            .build();
    switch (name.substring(suffix)) {
      case "_bucket" -> addBucket(base, line);
      case "_count" -> each(base, line, (parts, value) -> parts.count = value);
      case "_sum" -> each(base, line, (parts, value) -> parts.sum = value);
      default -> {
        // No part of a histogram.
      }
    }
  }

  private void addBucket(Labels base, Command.SeriesLine line) {
    double bound;
    try {
      bound = Numbers.parse(line.labels().valueOf("le"));
    } catch (ScriptException e) {
      return;
    }
    if (!Double.isNaN(bound)) {
      each(base, line, (parts, value) -> parts.cumulative.putIfAbsent(bound, value));
    }
  }

  private interface Setter {
    void set(Parts parts, double value);
  }

  private void each(Labels base, Command.SeriesLine line, Setter setter) {
    TreeMap<Integer, Parts> steps = histograms.computeIfAbsent(base, b -> new TreeMap<>());
    for (int i = 0; i < line.values().size(); i++) {
      if (line.values().get(i) instanceof ScriptValue.FloatValue number) {
        setter.set(steps.computeIfAbsent(i, s -> new Parts()), number.value());
      }
    }
  }

  private static List<ScriptValue> values(NavigableMap<Integer, Parts> steps) {
    int size = steps.isEmpty() ? 0 : steps.lastKey() + 1;
    ScriptValue[] values = new ScriptValue[size];
    Arrays.fill(values, new ScriptValue.Gap());
    steps.forEach((i, parts) -> values[i] = new ScriptValue.Histogram(histogram(parts), false));
    return List.of(values);
  }

  private static NativeHistogram histogram(Parts parts) {
    TreeMap<Double, Double> cumulative = parts.cumulative;
    double last = cumulative.isEmpty() ? 0 : cumulative.lastEntry().getValue();
    double count = parts.count == null ? last : parts.count;
    cumulative.putIfAbsent(Double.POSITIVE_INFINITY, count);
    double[] bounds = new double[cumulative.size() - 1];
    double[] buckets = new double[cumulative.size()];
    double before = 0;
    int i = 0;
    for (Map.Entry<Double, Double> bucket : cumulative.entrySet()) {
      if (i < bounds.length) {
        bounds[i] = bucket.getKey();
      }
      buckets[i++] = bucket.getValue() - before;
      before = bucket.getValue();
    }
    return HistogramLayout.compact(
        new HistogramBuilder()
            .bounds(bounds)
            .count(count)
            .sum(parts.sum)
            .positive(0, buckets)
            .build());
  }
}
