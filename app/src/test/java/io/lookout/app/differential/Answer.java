package io.lookout.app.differential;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a server said to a query: points of series and what it noted, or that it refused.
 *
 * @param refusal the {@code errorType}, or empty where the query was answered
 * @param error the message, or empty
 * @param series label set as text → time in ms → numbers: the value, or those of a histogram
 * @param notes warnings and infos, without positions and details that not every release tells
 */
record Answer(
    String refusal, String error, Map<String, Map<Long, List<Double>>> series, Set<String> notes) {
  static Answer of(String body) {
    JsonObject json = new JsonObject(body);
    if (!"success".equals(json.getString("status"))) {
      return new Answer(json.getString("errorType"), json.getString("error"), Map.of(), Set.of());
    }
    Map<String, Map<Long, List<Double>>> series = new TreeMap<>();
    JsonObject data = json.getJsonObject("data");
    if (data.getString("resultType").equals("scalar")) {
      series.put("scalar", new TreeMap<>());
      add(new JsonArray().add(data.getJsonArray("result")), series.get("scalar"));
    } else {
      for (Object each : data.getJsonArray("result")) {
        JsonObject one = (JsonObject) each;
        series.put(labels(one.getJsonObject("metric")), points(one));
      }
    }
    Set<String> notes = new TreeSet<>();
    notes(json.getJsonArray("warnings"), notes);
    notes(json.getJsonArray("infos"), notes);
    if (notes.stream().anyMatch(Answer::isOmission)) {
      // Which ones are shown is left to chance.
      notes.removeIf(note -> !isOmission(note));
    }
    return new Answer("", "", series, notes);
  }

  private static boolean isOmission(String note) {
    return note.endsWith("annotations omitted");
  }

  private static void notes(JsonArray texts, Set<String> out) {
    for (Object text : texts == null ? new JsonArray() : texts) {
      out.add(
          text.toString()
              .replaceAll(", from buckets .*(?=\\()", "")
              .replaceAll(" for metric name \"\"", "")
              // The series that did not fit: behind a set operator, Prometheus leaves their order
              // to chance.
              .replaceAll("(custom buckets schemas) for metric name \"[^\"]*\"", "$1")
              .replaceAll("^\\d+ more", "more"));
    }
  }

  /** Without what releases before {@code fill} do not note. */
  Answer withoutNewerNotes() {
    Set<String> others = new TreeSet<>(notes);
    others.removeIf(note ->
        note.contains("sort is ineffective")
            || note.contains("conflicting counter resets during histogram aggregation"));
    return new Answer(refusal, error, series, others);
  }

  private static String labels(JsonObject metric) {
    return new TreeMap<>(metric.getMap()).toString();
  }

  private static Map<Long, List<Double>> points(JsonObject series) {
    Map<Long, List<Double>> points = new TreeMap<>();
    for (String one : List.of("value", "histogram")) {
      if (series.containsKey(one)) {
        add(new JsonArray().add(series.getJsonArray(one)), points);
      }
    }
    for (String many : List.of("values", "histograms")) {
      if (series.containsKey(many)) {
        add(series.getJsonArray(many), points);
      }
    }
    return points;
  }

  private static void add(JsonArray values, Map<Long, List<Double>> points) {
    for (Object each : values) {
      JsonArray point = (JsonArray) each;
      points.put(Math.round(point.getDouble(0) * 1000), numbers(point.getValue(1)));
    }
  }

  private static List<Double> numbers(Object value) {
    if (!(value instanceof JsonObject histogram)) {
      return List.of(number(value.toString()));
    }
    List<Double> numbers = new ArrayList<>();
    numbers.add(number(histogram.getString("count")));
    numbers.add(number(histogram.getString("sum")));
    for (Object each : histogram.getJsonArray("buckets", new JsonArray())) {
      ((JsonArray) each).forEach(part -> numbers.add(number(part.toString())));
    }
    return numbers;
  }

  private static double number(String text) {
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** The first difference from another answer in words, or empty where there is none. */
  String difference(Answer other) {
    if (!refusal.equals(other.refusal)) {
      return "refused as '"
          + refusal
          + "' here and '"
          + other.refusal
          + "' there: "
          + error
          + other.error;
    }
    if (!series.keySet().equals(other.series.keySet())) {
      return "series "
          + only(series, other.series)
          + " here only, "
          + only(other.series, series)
          + " there only";
    }
    for (Map.Entry<String, Map<Long, List<Double>>> one : series.entrySet()) {
      String difference = points(one.getValue(), other.series.getOrDefault(one.getKey(), Map.of()));
      if (!difference.isEmpty()) {
        return one.getKey() + difference;
      }
    }
    return notes.equals(other.notes) ? "" : "notes " + notes + " here, " + other.notes + " there";
  }

  private static String points(Map<Long, List<Double>> here, Map<Long, List<Double>> there) {
    if (!here.keySet().equals(there.keySet())) {
      return ": points at "
          + only(here, there)
          + " here only, "
          + only(there, here)
          + " there only";
    }
    for (Map.Entry<Long, List<Double>> point : here.entrySet()) {
      List<Double> other = there.getOrDefault(point.getKey(), List.of());
      if (!same(point.getValue(), other)) {
        return " at " + point.getKey() + ": " + point.getValue() + " here, " + other + " there";
      }
    }
    return "";
  }

  private static <K> String only(Map<K, ?> a, Map<K, ?> b) {
    return a.keySet().stream().filter(k -> !b.containsKey(k)).limit(3).toList().toString();
  }

  private static boolean same(List<Double> a, List<Double> b) {
    boolean same = a.size() == b.size();
    for (int i = 0; same && i < a.size(); i++) {
      same = same(a.get(i), b.get(i));
    }
    return same;
  }

  /** Equal at 1e-9, relative or (where terms cancel) absolute. */
  private static boolean same(double a, double b) {
    return Double.compare(a, b) == 0
        || a == b
        || (Double.isNaN(a) && Double.isNaN(b))
        || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
  }
}
