package io.lookout.query.http;

import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.exec.QueryResult;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of a query as {@code data}: {@code resultType}, {@code result}, and what was asked for
 * besides.
 */
final class ResultData implements ApiData {
  private final String type;
  private final ApiData result;
  private final String extras;
  private boolean begun;

  private ResultData(String type, ApiData result, String extras) {
    this.type = type;
    this.result = result;
    this.extras = extras;
  }

  /**
   * @param extras further members of the object, each with a comma before it
   */
  static ApiData of(QueryResult.Value value, String extras) {
    return switch (value) {
      case QueryResult.Scalar s -> new ResultData("scalar", scalar(s), extras);
      case QueryResult.Text t -> new ResultData("string", text(t), extras);
      case QueryResult.Vector v -> new ResultData("vector", vector(v), extras);
      case QueryResult.Matrix m -> matrix(stepped(m), extras);
      case QueryResult.Samples s ->
          matrix(s.series().stream().map(ResultSeries.Sampled::new).toList(), extras);
    };
  }

  private static List<ResultSeries> stepped(QueryResult.Matrix matrix) {
    StepTexts times = new StepTexts(matrix.steps());
    List<ResultSeries> series = new ArrayList<>(matrix.series().size());
    matrix.series().forEach(each -> series.add(new ResultSeries.Stepped(each, times)));
    return series;
  }

  private static ApiData matrix(List<? extends ResultSeries> series, String extras) {
    return new ResultData("matrix", new MatrixJson(series)::write, extras);
  }

  private static ApiData scalar(QueryResult.Scalar scalar) {
    return out -> {
      out.raw('[').timestamp(scalar.time()).raw(',').scalar(scalar.value()).raw(']');
      return false;
    };
  }

  private static ApiData text(QueryResult.Text text) {
    return out -> {
      out.raw('[').timestamp(text.time()).raw(',').string(text.value()).raw(']');
      return false;
    };
  }

  private static ApiData vector(QueryResult.Vector vector) {
    return ApiData.list(vector.series(), (out, series) -> sample(out, series, vector.time()));
  }

  private static void sample(JsonBytes out, SeriesSteps series, long time) {
    NativeHistogram histogram = series.histogram(0);
    out.raw("{\"metric\":").labels(series.labels());
    out.raw(histogram == null ? ",\"value\":[" : ",\"histogram\":[").timestamp(time).raw(',');
    PointJson.write(out, series.values[0], histogram);
    out.raw("]}");
  }

  @Override
  public boolean write(JsonBytes out) {
    if (!begun) {
      begun = true;
      out.raw("{\"resultType\":\"").raw(type).raw("\",\"result\":");
    }
    if (result.write(out)) {
      return true;
    }
    out.text(extras).raw('}');
    return false;
  }
}
