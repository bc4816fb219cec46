package io.lookout.query.promql.exec;

import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.SampleColumns;
import io.lookout.query.promql.ast.SelectorMode;
import io.lookout.query.promql.exec.QueryResult.SampleSeries;
import io.lookout.query.promql.function.EdgeSamples;
import io.lookout.query.promql.plan.RangeSource;
import io.lookout.query.promql.value.Steps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The samples of a range vector as a result. */
final class MatrixResult {
  private MatrixResult() {}

  static QueryResult.Samples of(RangeSource source, RangeStream ranges, Steps steps) {
    RangeStream.Cursor cursor = ranges.cursor();
    long end = source.shift().apply(steps.start());
    List<SampleSeries> result = new ArrayList<>();
    for (int i = 0; i < ranges.size(); i++) {
      Columns columns = cursor.get(i);
      if (columns == null) {
        continue;
      }
      SampleColumns samples = samples(source.mode(), columns, end - source.range(), end);
      if (samples.size > 0) {
        Labels labels = ranges.labels(i);
        result.add(
            new SampleSeries(ranges.dropName(i) ? MetricSchema.drop(labels) : labels, samples));
      }
    }
    result.sort(Comparator.comparing(SampleSeries::labels, Labels.ORDER));
    return new QueryResult.Samples(result);
  }

  private static SampleColumns samples(SelectorMode mode, Columns columns, long start, long end) {
    if (mode == SelectorMode.PLAIN) {
      return within(columns, start, end);
    }
    if (columns.histogramCount > 0) {
      throw new LookoutException(
          ErrorCode.EXECUTION, mode.keyword() + " modifier is not supported with histograms");
    }
    boolean smoothed = mode == SelectorMode.SMOOTHED;
    return columns.floats == 0
        ? new SampleColumns()
        : EdgeSamples.of(columns.times, columns.values, columns.floats, start, end, smoothed);
  }

  /** Floats and histograms together again, by time, from after the start to the end. */
  private static SampleColumns within(Columns columns, long start, long end) {
    SampleColumns samples = new SampleColumns(columns.floats + columns.histogramCount);
    int f = 0;
    int h = 0;
    while (f < columns.floats || h < columns.histogramCount) {
      boolean isFloat =
          h == columns.histogramCount
              || (f < columns.floats && columns.times[f] < columns.histogramTimes[h]);
      long time = isFloat ? columns.times[f] : columns.histogramTimes[h];
      boolean inside = time > start && time <= end;
      if (isFloat) {
        if (inside) {
          samples.add(time, columns.values[f]);
        }
        f++;
      } else {
        if (inside) {
          samples.add(time, columns.histograms[h]);
        }
        h++;
      }
    }
    return samples;
  }
}
