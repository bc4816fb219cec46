package io.lookout.app.prometheus;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code promtool query} against one server. Times are milliseconds.
 *
 * @param url without a path
 */
record Promtool(String url) {
  /** A series' values by time, both as promtool prints them. */
  record Values(Map<Double, Double> byTime) {
    /** In milliseconds, ascending. */
    List<Long> times() {
      return byTime.keySet().stream().map(seconds -> Math.round(seconds * 1000)).toList();
    }
  }

  Map<String, Values> instant(String expression, long time) throws IOException {
    return values(run("instant", "--format=json", "--time=" + seconds(time), url, expression));
  }

  Map<String, Values> range(String expression, long start, long end, String step)
      throws IOException {
    return values(
        run(
            "range",
            "--format=json",
            "--start=" + seconds(start),
            "--end=" + seconds(end),
            "--step=" + step,
            url,
            expression));
  }

  List<String> series(String matcher, long start, long end) throws IOException {
    return lines(
        run(
            "series",
            "--match=" + matcher,
            "--start=" + seconds(start),
            "--end=" + seconds(end),
            url));
  }

  List<String> labelValues(String name) throws IOException {
    return lines(run("labels", url, name));
  }

  private static List<String> lines(String output) {
    return output.lines().sorted().toList();
  }

  private static String seconds(long millis) {
    return String.format("%d.%03d", millis / 1000, millis % 1000);
  }

  private static Map<String, Values> values(String json) {
    Map<String, Values> series = new TreeMap<>();
    for (Object element : new JsonArray(json)) {
      JsonObject one = (JsonObject) element;
      Map<Double, Double> byTime = new TreeMap<>();
      if (one.containsKey("value")) {
        add(byTime, one.getJsonArray("value"));
      } else {
        one.getJsonArray("values").forEach(point -> add(byTime, (JsonArray) point));
      }
      series.put(
          new TreeMap<>(one.getJsonObject("metric").getMap()).toString(), new Values(byTime));
    }
    return series;
  }

  private static void add(Map<Double, Double> byTime, JsonArray point) {
    byTime.put(point.getDouble(0), number(point.getString(1)));
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private static String run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(Binaries.PROMTOOL, "query"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new AssertionError(command + ": " + output);
    }
    return output;
  }
}
