package io.lookout.query.opentsdb;

import io.lookout.model.LookoutException;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A query as the parameters of a URL, or the JSON of a body, have it. */
final class QueryBody {
  /**
   * What is asked for and cannot be done is refused, so that nobody takes something else for it.
   */
  private static final List<String> UNSUPPORTED =
      List.of("tsuids", "percentiles", "delete", "useCalendar");

  private QueryBody() {}

  /**
   * @throws LookoutException {@code BAD_DATA} for what is no query
   */
  static TsdbQuery ofUri(MultiMap parameters, long now) {
    if (parameters.contains("tsuid") || parameters.contains("delete")) {
      throw Bad.request("queries by tsuid, and deleting ones, are not supported");
    }
    ZoneId zone = zone(parameters.get("tz"));
    boolean millis = parameters.contains("ms");
    List<SubQuery> queries = new ArrayList<>();
    for (String m : parameters.getAll("m")) {
      queries.add(toSeconds(QueryUri.parse(m), millis));
    }
    return new TsdbQuery(
        time(parameters.get("start"), zone, now),
        end(parameters.get("end"), zone, now),
        millis,
        parameters.contains("arrays"),
        parameters.contains("show_query"),
        queries);
  }

  /**
   * @throws LookoutException {@code BAD_DATA} for what is no query
   */
  static TsdbQuery ofJson(JsonObject body, boolean arrays, long now) {
    refuse(body);
    ZoneId zone = zone(body.getString("timezone"));
    boolean millis = body.getBoolean("msResolution", false);
    List<SubQuery> queries = new ArrayList<>();
    for (Object each : body.getJsonArray("queries", new JsonArray())) {
      queries.add(toSeconds(subQuery((JsonObject) each), millis));
    }
    return new TsdbQuery(
        time(text(body, "start"), zone, now),
        end(text(body, "end"), zone, now),
        millis,
        arrays,
        body.getBoolean("showQuery", false),
        queries);
  }

  private static void refuse(JsonObject object) {
    for (String name : UNSUPPORTED) {
      Object value = object.getValue(name);
      boolean none =
          value == null
              || value.equals(false)
              || (value instanceof JsonArray array && array.isEmpty());
      if (!none) {
        throw Bad.request(name + " of queries is not supported");
      }
    }
  }

  private static SubQuery subQuery(JsonObject query) {
    refuse(query);
    List<TagFilter> filters = new ArrayList<>();
    JsonObject tags = query.getJsonObject("tags");
    if (tags != null) {
      for (String tag : tags.fieldNames()) {
        filters.add(TagFilter.parse(tag, String.valueOf(text(tags, tag)), true));
      }
    }
    JsonArray given = query.getJsonArray("filters");
    if (given != null) {
      for (Object each : given) {
        filters.add(filter((JsonObject) each));
      }
    }
    String downsample = query.getString("downsample");
    return new SubQuery(
        Aggregator.named(query.getString("aggregator", "")),
        query.getString("metric", ""),
        downsample == null || downsample.isEmpty()
            ? Optional.empty()
            : Optional.of(Downsample.parse(downsample)),
        query.getBoolean("rate", false)
            ? Optional.of(rate(query.getJsonObject("rateOptions")))
            : Optional.empty(),
        filters,
        query.getBoolean("explicitTags", false));
  }

  private static TagFilter filter(JsonObject filter) {
    return new TagFilter(
        filter.getString("type", ""),
        filter.getString("tagk", ""),
        filter.getString("filter", ""),
        filter.getBoolean("groupBy", false));
  }

  private static Rate rate(@Nullable JsonObject options) {
    if (options == null) {
      return Rate.PLAIN;
    }
    return new Rate(
        options.getBoolean("counter", false),
        options.getNumber("counterMax", Long.MAX_VALUE).doubleValue(),
        options.getNumber("resetValue", 0).doubleValue(),
        options.getBoolean("dropResets", false));
  }

  private static SubQuery toSeconds(SubQuery query, boolean millis) {
    return millis || query.downsample().isPresent()
        ? query
        : new SubQuery(
            query.aggregator(),
            query.metric(),
            Optional.of(Downsample.toSeconds(query.aggregator())),
            query.rate(),
            query.filters(),
            query.explicitTags());
  }

  private static long time(@Nullable String text, ZoneId zone, long now) {
    if (text == null || text.isBlank()) {
      throw Bad.request("Missing start time");
    }
    return TimeWords.millis(text, now, zone);
  }

  private static long end(@Nullable String text, ZoneId zone, long now) {
    return text == null || text.isBlank() ? now : TimeWords.millis(text, now, zone);
  }

  private static ZoneId zone(@Nullable String name) {
    try {
      return name == null || name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
    } catch (DateTimeException e) {
      throw Bad.request("Unknown timezone: " + name, e);
    }
  }

  /** A text or a number as text; null where there is none. */
  static @Nullable String text(JsonObject object, String name) {
    Object value = object.getValue(name);
    return value == null ? null : value.toString();
  }
}
