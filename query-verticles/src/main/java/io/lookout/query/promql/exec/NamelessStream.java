package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Series whose metric names are removed at once, where their removal is not to be delayed. */
record NamelessStream(SeriesStream inner) implements MappedStream {
  /** Series that differ in their names alone are one where they do not meet. */
  static SeriesStream of(SeriesStream stream, Evaluation evaluation) {
    NamelessStream nameless = new NamelessStream(stream);
    Set<Labels> seen = new HashSet<>();
    boolean any = false;
    boolean differ = true;
    for (int i = 0; i < stream.size(); i++) {
      any |= stream.dropName(i);
      differ &= seen.add(nameless.labels(i));
    }
    if (!any) {
      return stream;
    }
    return differ ? nameless : new ListStream(merged(stream, evaluation));
  }

  private static List<SeriesSteps> merged(SeriesStream stream, Evaluation evaluation) {
    List<SeriesSteps> series = new ArrayList<>();
    for (SeriesSteps each : Materializer.all(stream, evaluation)) {
      series.add(nameless(each));
    }
    return SeriesMerge.merge(series);
  }

  private static SeriesSteps nameless(SeriesSteps series) {
    return series.dropName() ? series.with(MetricSchema.drop(series.labels()), false) : series;
  }

  @Override
  public Labels labels(int series) {
    Labels labels = inner.labels(series);
    return inner.dropName(series) ? MetricSchema.drop(labels) : labels;
  }

  @Override
  public boolean dropName(int series) {
    return false;
  }

  @Override
  public Mapping mapping() {
    return NamelessStream::nameless;
  }
}
