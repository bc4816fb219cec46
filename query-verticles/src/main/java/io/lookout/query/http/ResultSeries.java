package io.lookout.query.http;

import io.lookout.model.Labels;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.exec.QueryResult;
import io.lookout.query.promql.value.SeriesSteps;
import org.jspecify.annotations.Nullable;

/** A series of a result as the writer sees it: points, some of which may be missing. */
interface ResultSeries {
  Labels labels();

  /** How many points there may be. */
  int size();

  boolean present(int i);

  void writeTime(JsonBytes out, int i);

  double value(int i);

  /**
   * Writes {@code ,[time,"value"]} for some points, of which none is a histogram.
   *
   * @return how far it came: always further
   */
  int writeFloats(JsonBytes out, int from);

  /** Where the point is a histogram. */
  @Nullable NativeHistogram histogram(int i);

  /** Whether any point may be one. */
  boolean mayHaveHistograms();

  /** Over the steps of a range query. */
  record Stepped(SeriesSteps series, StepTexts times) implements ResultSeries {
    @Override
    public Labels labels() {
      return series.labels();
    }

    @Override
    public int size() {
      return series.size();
    }

    @Override
    public boolean present(int i) {
      return series.present(i);
    }

    @Override
    public void writeTime(JsonBytes out, int i) {
      times.write(out, i);
    }

    @Override
    public double value(int i) {
      return series.values[i];
    }

    @Override
    public int writeFloats(JsonBytes out, int from) {
      return times.writeFloats(out, series.values, from);
    }

    @Override
    public @Nullable NativeHistogram histogram(int i) {
      return series.histogram(i);
    }

    @Override
    public boolean mayHaveHistograms() {
      return series.histograms != null;
    }
  }

  /** With times of its own. */
  record Sampled(QueryResult.SampleSeries series) implements ResultSeries {
    @Override
    public Labels labels() {
      return series.labels();
    }

    @Override
    public int size() {
      return series.samples().size;
    }

    @Override
    public boolean present(int i) {
      return true;
    }

    @Override
    public void writeTime(JsonBytes out, int i) {
      out.timestamp(series.samples().times[i]);
    }

    @Override
    public double value(int i) {
      return series.samples().values[i];
    }

    @Override
    public int writeFloats(JsonBytes out, int from) {
      writeTime(out.raw(",["), from);
      out.raw(',').value(value(from)).raw(']');
      return from + 1;
    }

    @Override
    public @Nullable NativeHistogram histogram(int i) {
      return series.samples().histogram(i);
    }

    @Override
    public boolean mayHaveHistograms() {
      return series.samples().histograms != null;
    }
  }
}
