package io.lookout.app.test;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.query.promql.script.Answer;
import io.lookout.query.promql.script.ShownHistogram;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers of the query API, read back. */
final class ApiAnswers {
  /** Where in the query an annotation is about: scripts do not say it. */
  private static final Pattern PLACE = Pattern.compile(" \\(\\d+:\\d+\\)$");

  /** What was mended in which buckets: scripts do not say it either. */
  private static final Pattern DETAIL = Pattern.compile(", from buckets .+ to .+$");

  /** What the API puts before the message of an expression that cannot be read. */
  private static final String INVALID_QUERY = "invalid parameter \"query\": ";

  private ApiAnswers() {}

  /**
   * @throws IllegalArgumentException or {@link ClassCastException} for what is no such answer
   */
  static Answer of(JsonObject answer) {
    if ("success".equals(answer.getString("status"))) {
      return new Answer.Succeeded(
          value(answer.getJsonObject("data")),
          texts(answer.getJsonArray("warnings")),
          texts(answer.getJsonArray("infos")));
    }
    String error = String.valueOf(answer.getString("error"));
    return new Answer.Failed(
        error.startsWith(INVALID_QUERY) ? error.substring(INVALID_QUERY.length()) : error);
  }

  private static List<String> texts(@Nullable JsonArray annotations) {
    return annotations == null
        ? List.of()
        : annotations.stream().map(text -> withoutDetail((String) text)).toList();
  }

  private static String withoutDetail(String annotation) {
    String placeless = PLACE.matcher(annotation).replaceFirst("");
    return DETAIL.matcher(placeless).replaceFirst("");
  }

  private static Answer.Value value(JsonObject data) {
    return switch (String.valueOf(data.getString("resultType"))) {
      case "scalar" -> new Answer.Scalar(number(data.getJsonArray("result").getString(1)));
      case "string" -> new Answer.Text(data.getJsonArray("result").getString(1));
      case "vector" -> new Answer.Vector(series(data.getJsonArray("result"), "value", "histogram"));
      case "matrix" ->
          new Answer.Matrix(series(data.getJsonArray("result"), "values", "histograms"));
      default -> throw new IllegalArgumentException("no result type");
    };
  }

  private static List<Answer.Series> series(JsonArray result, String floats, String histograms) {
    List<Answer.Series> all = new ArrayList<>();
    for (Object each : result) {
      JsonObject series = (JsonObject) each;
      SampleColumns samples =
          // Floats and histograms of one series are listed apart.
          ChunkMerge.merge(
              points(series.getJsonArray(floats)), points(series.getJsonArray(histograms)));
      all.add(new Answer.Series(labels(series.getJsonObject("metric")), samples));
    }
    return all;
  }

  private static Labels labels(JsonObject metric) {
    List<String> pairs = new ArrayList<>();
    for (String name : metric.fieldNames()) {
      pairs.add(name);
      pairs.add(metric.getString(name));
    }
    return Labels.of(pairs.toArray(new String[0]));
  }

  /** The points of a series: one, or a list of them. */
  private static SampleColumns points(@Nullable JsonArray points) {
    SampleColumns samples = new SampleColumns();
    if (points == null || points.isEmpty()) {
      return samples;
    }
    if (points.getValue(0) instanceof JsonArray) {
      points.forEach(point -> add((JsonArray) point, samples));
    } else {
      add(points, samples);
    }
    return samples;
  }

  private static void add(JsonArray point, SampleColumns samples) {
    long time = new BigDecimal(point.getValue(0).toString()).movePointRight(3).longValueExact();
    if (point.getValue(1) instanceof JsonObject histogram) {
      ShownHistogram shown =
          new ShownHistogram(
              number(histogram.getString("count")), number(histogram.getString("sum")));
      for (Object each : histogram.getJsonArray("buckets", new JsonArray())) {
        JsonArray bucket = (JsonArray) each;
        shown.bucket(
            number(bucket.getString(1)), number(bucket.getString(2)), number(bucket.getString(3)));
      }
      samples.add(time, shown.histogram());
    } else {
      samples.add(time, number(point.getString(1)));
    }
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
