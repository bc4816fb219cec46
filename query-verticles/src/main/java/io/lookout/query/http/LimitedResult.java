package io.lookout.query.http;

import io.lookout.query.promql.exec.QueryResult;
import java.util.List;

/** A result of at most so many series. */
record LimitedResult(QueryResult.Value value, boolean truncated) {
  /**
   * @param limit 0 for all
   */
  static LimitedResult of(QueryResult.Value value, int limit) {
    return switch (value) {
      case QueryResult.Vector v when exceeds(v.series(), limit) ->
          new LimitedResult(new QueryResult.Vector(v.time(), v.series().subList(0, limit)), true);
      case QueryResult.Matrix m when exceeds(m.series(), limit) ->
          new LimitedResult(new QueryResult.Matrix(m.steps(), m.series().subList(0, limit)), true);
      case QueryResult.Samples s when exceeds(s.series(), limit) ->
          new LimitedResult(new QueryResult.Samples(s.series().subList(0, limit)), true);
      default -> new LimitedResult(value, false);
    };
  }

  private static boolean exceeds(List<?> series, int limit) {
    return limit > 0 && series.size() > limit;
  }
}
