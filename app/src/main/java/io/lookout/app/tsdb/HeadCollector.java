package io.lookout.app.tsdb;

import io.lookout.app.tsdb.HeadPortion.HeadSeries;
import io.lookout.app.tsdb.HeadPortion.Metadata;
import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.histogram.NativeHistogram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the samples of records together by series, until somebody takes them. Not thread-safe. */
final class HeadCollector implements LogVisitor {
  private final long minTime;
  private final Tombstones tombstones;
  private final Map<Long, Labels> definitions = new HashMap<>();
  private final Map<Long, Stretch> open = new LinkedHashMap<>();
  private final List<HeadSeries> closed = new ArrayList<>();
  private boolean definitionsOnly;
  private int samples;
  private long unknownSeries;
  private long unknownRecords;

  /** Samples of a series whose times ascend. */
  private static final class Stretch {
    final Labels labels;
    final SampleColumns samples = new SampleColumns(16);
    final List<Exemplar> exemplars = new ArrayList<>();
    @Nullable Metadata metadata;

    Stretch(Labels labels) {
      this.labels = labels;
    }

    HeadSeries taken() {
      return new HeadSeries(labels, samples, List.copyOf(exemplars), metadata);
    }
  }

  /**
   * @param minTime what is earlier is in blocks
   */
  HeadCollector(long minTime, Tombstones tombstones) {
    this.minTime = minTime;
    this.tombstones = tombstones;
  }

  /** Whether to pass over all but what later records refer to. */
  void definitionsOnly(boolean only) {
    definitionsOnly = only;
  }

  int samples() {
    return samples;
  }

  /** Samples of series that no record has told the labels of. */
  long unknownSeries() {
    return unknownSeries;
  }

  /** Records that only a later version knows. */
  long unknownRecords() {
    return unknownRecords;
  }

  /** What has been collected since the last call. */
  List<HeadSeries> take() {
    open.values().forEach(stretch -> closed.add(stretch.taken()));
    List<HeadSeries> taken = List.copyOf(closed);
    open.clear();
    closed.clear();
    samples = 0;
    return taken;
  }

  @Override
  public void series(long number, Labels labels) {
    Labels before = definitions.put(number, labels);
    if (before != null && !before.equals(labels)) {
      close(number);
    }
  }

  private void close(long series) {
    Stretch stretch = open.remove(series);
    if (stretch != null) {
      closed.add(stretch.taken());
    }
  }

  /** Where a sample of this time goes; null where it is not wanted. */
  private @Nullable Stretch stretch(long series, long time) {
    if (definitionsOnly || time < minTime || tombstones.isDeleted(series, time)) {
      return null;
    }
    Stretch stretch = open.get(series);
    if (stretch != null && isBehind(stretch.samples, time)) {
      close(series);
      stretch = null;
    }
    return stretch == null ? opened(series) : stretch;
  }

  private static boolean isBehind(SampleColumns samples, long time) {
    return samples.size > 0 && time <= samples.times[samples.size - 1];
  }

  private @Nullable Stretch opened(long series) {
    Labels labels = definitions.get(series);
    if (labels == null) {
      unknownSeries++;
      return null;
    }
    return open.computeIfAbsent(series, number -> new Stretch(labels));
  }

  @Override
  public void sample(long series, long time, long startTime, double value) {
    Stretch stretch = stretch(series, time);
    if (stretch != null) {
      stretch.samples.add(time, value);
      added(stretch, startTime);
    }
  }

  @Override
  public void sample(long series, long time, long startTime, NativeHistogram histogram) {
    Stretch stretch = stretch(series, time);
    if (stretch != null) {
      stretch.samples.add(time, histogram);
      added(stretch, startTime);
    }
  }

  private void added(Stretch stretch, long startTime) {
    if (startTime != 0) {
      stretch.samples.startTime(startTime);
    }
    samples++;
  }

  @Override
  public void exemplar(long series, Exemplar exemplar) {
    boolean wanted = !definitionsOnly && exemplar.time() >= minTime;
    Stretch stretch = wanted ? opened(series) : null;
    if (stretch != null) {
      stretch.exemplars.add(exemplar);
    }
  }

  @Override
  public void metadata(long series, int type, String help, String unit) {
    Stretch stretch = definitionsOnly ? null : opened(series);
    if (stretch != null) {
      stretch.metadata = new Metadata(type, help, unit);
    }
  }

  @Override
  public void unknown(int type) {
    unknownRecords++;
  }
}
