package io.lookout.ingest.textpush;

import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.text.NumberText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Groups as the Pushgateway tells them: an object a group, with its labels and a member for each
 * metric.
 *
 * <pre>
 *   {"labels": {"job": "a"}, "last_push_successful": true,
 *    "rows_total": {"time_stamp": "2026-…Z", "type": "COUNTER", "help": "Rows.",
 *                   "metrics": [{"labels": {"job": "a"}, "value": "7"}]}}
 * </pre>
 *
 * <p>Buckets and quantiles are members of their metric; numbers are texts. An object is one of
 * those members in the making. Not thread-safe.
 */
final class PushedJson {
  private static final Set<String> KNOWN_TYPES = Set.of("COUNTER", "GAUGE", "SUMMARY", "HISTOGRAM");

  private static final Set<String> NAME = Set.of(Label.METRIC_NAME);
  private static final Set<String> PARTS = Set.of(Label.METRIC_NAME, "le", "quantile");

  private final String name;
  private final JsonObject told = new JsonObject();
  private final JsonArray metrics = new JsonArray();

  /** By their labels. */
  private final Map<Labels, JsonObject> known = new HashMap<>();

  private PushedJson(String name, PushedFamily family) {
    this.name = name;
    String type = family.type().toUpperCase(Locale.ROOT);
    told.put("time_stamp", Instant.ofEpochMilli(family.time()).toString())
        .put("type", KNOWN_TYPES.contains(type) ? type : "UNTYPED");
    if (!family.help().isEmpty()) {
      told.put("help", family.help());
    }
    told.put("metrics", metrics);
  }

  static JsonArray of(Map<Labels, PushGroups.Content> groups) {
    JsonArray all = new JsonArray();
    groups.forEach((labels, content) -> all.add(group(labels, content)));
    return all;
  }

  private static JsonObject group(Labels labels, PushGroups.Content content) {
    JsonObject group =
        new JsonObject()
            .put("labels", object(labels))
            .put("last_push_successful", content.pushed() > content.failed());
    own(group, labels, "push_time_seconds", "succeeded", content.pushed());
    own(group, labels, "push_failure_time_seconds", "failed", content.failed());
    Map<SeriesKey, Double> sorted = new TreeMap<>(PushedJson::compare);
    sorted.putAll(content.series());
    Map<String, PushedJson> families = new LinkedHashMap<>();
    PushedFamily unknown = new PushedFamily(PushedFamily.UNKNOWN, "", content.pushed());
    sorted.forEach((series, value) -> {
      String name = Families.name(series.labels().metricName(), content.families());
      families
          .computeIfAbsent(
              name, first -> new PushedJson(name, content.families().getOrDefault(name, unknown)))
          .add(series.labels(), value);
    });
    families.forEach((name, family) -> group.put(name, family.told));
    return group;
  }

  private static int compare(SeriesKey a, SeriesKey b) {
    int names = a.labels().metricName().compareTo(b.labels().metricName());
    return names != 0 ? names : a.labels().toString().compareTo(b.labels().toString());
  }

  private static void own(JsonObject group, Labels labels, String name, String what, long millis) {
    String help = "When a push of the group last " + what + ", seconds since 1970.";
    PushedJson own = new PushedJson(name, new PushedFamily("gauge", help, millis));
    own.add(labels.toBuilder().set(Label.METRIC_NAME, name).build(), millis / 1000.0);
    group.put(name, own.told);
  }

  /** A bucket, a quantile, a count and a sum belong to the metric with the other labels. */
  private void add(Labels labels, double value) {
    String part = labels.metricName().substring(name.length());
    String bound = part.equals("_bucket") ? labels.get("le") : null;
    String quantile = part.isEmpty() ? labels.get("quantile") : null;
    Labels plain = labels.drop(PARTS);
    if (bound != null) {
      member(metric(plain), "buckets").put(shortest(bound), NumberText.number(value));
    } else if (quantile != null) {
      member(metric(plain), "quantiles").put(shortest(quantile), NumberText.number(value));
    } else if (part.equals("_count") || part.equals("_sum")) {
      metric(plain).put(part.substring(1), NumberText.number(value));
    } else {
      metric(labels.drop(NAME)).put("value", NumberText.number(value));
    }
  }

  /** Labels have bounds as OpenMetrics writes them: 1.0. */
  private static String shortest(String bound) {
    return bound.endsWith(".0") ? bound.substring(0, bound.length() - 2) : bound;
  }

  private JsonObject metric(Labels labels) {
    return known.computeIfAbsent(
        labels,
        fresh -> {
          JsonObject metric = new JsonObject().put("labels", object(labels));
          metrics.add(metric);
          return metric;
        });
  }

  private static JsonObject member(JsonObject metric, String name) {
    JsonObject member = metric.getJsonObject(name);
    if (member == null) {
      member = new JsonObject();
      metric.put(name, member);
    }
    return member;
  }

  private static JsonObject object(Labels labels) {
    JsonObject object = new JsonObject();
    labels.forEach(label -> object.put(label.name(), label.value()));
    return object;
  }
}
