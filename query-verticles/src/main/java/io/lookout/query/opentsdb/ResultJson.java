package io.lookout.query.opentsdb;

import io.lookout.model.SampleColumns;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The answer of {@code /api/query}. */
final class ResultJson {
  /** Whole numbers up to here are written as such. */
  private static final double LARGEST_WHOLE = 1e15;

  private final TsdbQuery query;
  private final StringBuilder out = new StringBuilder();

  ResultJson(TsdbQuery query) {
    this.query = query;
  }

  String of(List<ResultSeries> results) {
    char separator = '[';
    for (ResultSeries each : results) {
      out.append(separator);
      series(each);
      separator = ',';
    }
    return results.isEmpty() ? "[]" : out.append(']').toString();
  }

  private void series(ResultSeries series) {
    SubQuery asked = query.queries().get(series.query());
    JsonObject tags = new JsonObject();
    series.tags().forEach(tags::put);
    out.append("{\"metric\":").append(Json.encode(asked.metric()));
    out.append(",\"tags\":").append(tags.encode());
    // OpenTSDB writes the one and documents the other: clients read either.
    String aggregated = new JsonArray(series.aggregatedTags()).encode();
    out.append(",\"aggregateTags\":").append(aggregated);
    out.append(",\"aggregatedTags\":").append(aggregated);
    if (query.showQuery()) {
      out.append(",\"query\":").append(shown(asked, series.query()).encode());
    }
    out.append(",\"dps\":");
    points(series.points(), fillsNull(asked));
    out.append('}');
  }

  private static JsonObject shown(SubQuery asked, int index) {
    return new JsonObject()
        .put("aggregator", asked.aggregator().name())
        .put("metric", asked.metric())
        .put("rate", asked.rate().isPresent())
        .put("explicitTags", asked.explicitTags())
        .put("index", index);
  }

  private static boolean fillsNull(SubQuery asked) {
    return asked.downsample().map(each -> each.fill() == Downsample.Fill.NULL).orElse(false);
  }

  private void points(SampleColumns points, boolean nulls) {
    out.append(query.arrays() ? '[' : '{');
    for (int i = 0; i < points.size; i++) {
      long time = query.millis() ? points.times[i] : Math.floorDiv(points.times[i], 1000L);
      out.append(i == 0 ? "" : ",");
      if (query.arrays()) {
        value(out.append('[').append(time).append(','), points.values[i], nulls).append(']');
      } else {
        value(out.append('"').append(time).append("\":"), points.values[i], nulls);
      }
    }
    out.append(query.arrays() ? ']' : '}');
  }

  /** As OpenTSDB's: what JSON has no numbers for is in quotes. */
  static StringBuilder value(StringBuilder out, double value, boolean nulls) {
    if (Double.isNaN(value)) {
      return out.append(nulls ? "null" : "\"NaN\"");
    } else if (Double.isInfinite(value)) {
      return out.append('"').append(value).append('"');
    } else if (value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE) {
      return out.append((long) value);
    }
    return out.append(value);
  }
}
