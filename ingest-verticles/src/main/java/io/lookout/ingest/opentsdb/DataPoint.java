package io.lookout.ingest.opentsdb;

import io.lookout.ingest.series.LabelPairs;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One data point as it is read, before it is known whether it is good. Used again. */
final class DataPoint {
  /** Of tags so many are shown in an error, and of a text so many characters. */
  private static final int SHOWN = 32;

  private static final int LONGEST = 200;

  String metric = "";
  long time;
  @Nullable String badTime = "no timestamp";
  final List<String> tags = new ArrayList<>();
  final List<String> fieldNames = new ArrayList<>();
  double[] values = new double[4];
  int valueCount;
  int texts;
  @Nullable String badValue;

  void clear() {
    metric = "";
    time = 0;
    badTime = "no timestamp";
    tags.clear();
    fieldNames.clear();
    valueCount = 0;
    texts = 0;
    badValue = null;
  }

  /** What is wrong, in OpenTSDB's words, or null. */
  @Nullable String problem() {
    if (metric.isEmpty()) {
      return "Metric name was empty";
    }
    if (badTime != null) {
      return "Invalid timestamp: " + badTime;
    }
    if (badValue != null) {
      return badValue;
    }
    return valueCount == 0 && texts == 0 ? "Empty value" : null;
  }

  void value(String field, double value) {
    if (valueCount == values.length) {
      values = java.util.Arrays.copyOf(values, valueCount * 2);
    }
    fieldNames.add(field);
    values[valueCount++] = value;
  }

  /** Labels of the series of the i-th value. */
  void labels(int i, LabelPairs into) {
    into.clear();
    String field = fieldNames.get(i);
    into.add("__name__", field.isEmpty() ? metric : metric + "_" + field);
    for (int t = 0; t < tags.size(); t += 2) {
      into.add(tags.get(t), tags.get(t + 1));
    }
  }

  JsonObject shown() {
    JsonObject shownTags = new JsonObject();
    for (int t = 0; t < Math.min(tags.size(), 2 * SHOWN); t += 2) {
      shownTags.put(cut(tags.get(t)), cut(tags.get(t + 1)));
    }
    JsonObject shown =
        new JsonObject().put("metric", cut(metric)).put("timestamp", time).put("tags", shownTags);
    return valueCount > 0 ? shown.put("value", Double.toString(values[0])) : shown;
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
