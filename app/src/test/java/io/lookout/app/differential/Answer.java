package io.lookout.app.differential;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a server said to a query: points of series, or that it refused.
 *
 * @param refusal the {@code errorType}, or empty where the query was answered
 * @param series label set as text → time in ms → value as text
 */
record Answer(String refusal, Map<String, Map<Long, String>> series) {
  static Answer of(String body) {
    JsonObject json = new JsonObject(body);
    if (!"success".equals(json.getString("status"))) {
      return new Answer(json.getString("errorType"), Map.of());
    }
    JsonObject data = json.getJsonObject("data");
    Map<String, Map<Long, String>> series = new TreeMap<>();
    if (data.getString("resultType").equals("scalar")) {
      series.put("scalar", points(new JsonArray().add(data.getJsonArray("result"))));
      return new Answer("", series);
    }
    for (Object each : data.getJsonArray("result")) {
      JsonObject one = (JsonObject) each;
      JsonArray values =
          one.containsKey("value")
              ? new JsonArray().add(one.getJsonArray("value"))
              : one.getJsonArray("values");
      series.put(labels(one.getJsonObject("metric")), points(values));
    }
    return new Answer("", series);
  }

  private static String labels(JsonObject metric) {
    return new TreeMap<>(metric.getMap()).toString();
  }

  private static Map<Long, String> points(JsonArray values) {
    Map<Long, String> points = new TreeMap<>();
    for (Object each : values) {
      JsonArray point = (JsonArray) each;
      points.put(Math.round(point.getDouble(0) * 1000), point.getString(1));
    }
    return points;
  }

  /** The first difference from another answer in words, or empty where there is none. */
  String difference(Answer other) {
    if (!refusal.equals(other.refusal)) {
      return "refused as '" + refusal + "' here and '" + other.refusal + "' there";
    }
    if (!series.keySet().equals(other.series.keySet())) {
      return "series "
          + only(series, other.series)
          + " here only, "
          + only(other.series, series)
          + " there only";
    }
    for (Map.Entry<String, Map<Long, String>> one : series.entrySet()) {
      Map<Long, String> there = other.series.getOrDefault(one.getKey(), Map.of());
      if (!one.getValue().keySet().equals(there.keySet())) {
        return one.getKey()
            + ": points at "
            + only(one.getValue(), there)
            + " here only, "
            + only(there, one.getValue())
            + " there only";
      }
      for (Map.Entry<Long, String> point : one.getValue().entrySet()) {
        String value = there.getOrDefault(point.getKey(), "");
        if (!same(number(point.getValue()), number(value))) {
          return one.getKey()
              + " at "
              + point.getKey()
              + ": "
              + point.getValue()
              + " here, "
              + value
              + " there";
        }
      }
    }
    return "";
  }

  private static <K> String only(Map<K, ?> a, Map<K, ?> b) {
    return a.keySet().stream().filter(k -> !b.containsKey(k)).limit(3).toList().toString();
  }

  private static double number(String text) {
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** Equal at 1e-9, relative or (where terms cancel) absolute. */
  private static boolean same(double a, double b) {
    return Double.compare(a, b) == 0
        || a == b
        || (Double.isNaN(a) && Double.isNaN(b))
        || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
  }
}
