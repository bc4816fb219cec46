package io.lookout.query.opentsdb;

import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.query.opentsdb.QueryUri.Selector;
import io.lookout.query.select.Gaps;
import io.lookout.query.select.LabelClient;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What metrics, tags and series there are, over all time. */
final class Lookups {
  private static final int SUGGESTED = 25;
  private static final int MOST_SUGGESTED = 10_000;

  /** Values are looked for in so many tags; each is asked for by itself. */
  private static final int TAGS_ASKED = 64;

  private static final long FOREVER = Long.MAX_VALUE / 2;

  private final LabelClient labels;
  private final Duration patience;

  Lookups(LabelClient labels, Duration patience) {
    this.labels = labels;
    this.patience = patience;
  }

  private Future<LabelResult> ask(
      Request request, LabelQuery.Kind kind, String label, List<Matcher> matchers, int limit) {
    return labels.ask(
        new LabelQuery(
            kind,
            request.tenant(),
            label,
            matchers.isEmpty() ? List.of() : List.of(matchers),
            -FOREVER,
            FOREVER,
            limit),
        patience,
        Gaps.refused());
  }

  /** {@code /api/suggest}: names that begin with a text. */
  Future<String> suggest(Request request) {
    String prefix = request.first("q");
    int max = Math.min(MOST_SUGGESTED, Math.max(1, request.number("max", SUGGESTED)));
    Future<List<String>> found =
        switch (request.first("type")) {
          case "metrics" -> values(request, Label.METRIC_NAME, prefix, max);
          case "tagk" -> tags(request).map(all -> beginning(all, prefix, max));
          case "tagv" -> tags(request).compose(all -> valuesOfAll(request, all, prefix, max));
          default -> throw Bad.request("Invalid 'type' parameter: metrics, tagk or tagv is one");
        };
    return found.map(list -> new JsonArray(list).encode());
  }

  private Future<List<String>> values(Request request, String label, String prefix, int max) {
    List<Matcher> matchers =
        List.of(Matcher.notEqual(label, ""), TagFilter.beginsWith(label, prefix));
    return ask(request, LabelQuery.Kind.VALUES, label, matchers, max)
        .map(result -> beginning(result.strings(), prefix, max));
  }

  private Future<List<String>> tags(Request request) {
    return ask(request, LabelQuery.Kind.NAMES, "", List.of(), 0)
        .map(result ->
            result.strings().stream().filter(name -> !name.equals(Label.METRIC_NAME)).toList());
  }

  private Future<List<String>> valuesOfAll(
      Request request, List<String> tags, String prefix, int max) {
    List<Future<List<String>>> parts =
        tags.stream().limit(TAGS_ASKED).map(tag -> values(request, tag, prefix, max)).toList();
    return Future.all(parts)
        .map(all -> {
          TreeSet<String> values = new TreeSet<>();
          parts.forEach(part -> values.addAll(part.result()));
          return values.stream().limit(max).toList();
        });
  }

  private static List<String> beginning(List<String> names, String prefix, int max) {
    return names.stream().filter(name -> name.startsWith(prefix)).limit(max).toList();
  }

  /** {@code /api/search/lookup}: the series of a metric, or with certain tags. */
  Future<String> lookup(Request request) {
    long begin = System.nanoTime();
    Selector selector = selector(request);
    int limit = Math.max(1, request.number("limit", SUGGESTED));
    List<Matcher> matchers = new ArrayList<>();
    if (!selector.metric().isEmpty() && !selector.metric().equals("*")) {
      matchers.add(Matcher.equal(Label.METRIC_NAME, selector.metric()));
    }
    selector.filters().forEach(filter -> matchers.addAll(filter.matchers()));
    if (matchers.isEmpty()) {
      throw Bad.request("Missing metric and tags. Please supply at least one value");
    }
    return ask(request, LabelQuery.Kind.SERIES, "", matchers, limit)
        .map(result -> found(selector, limit, begin, result.series()).encode());
  }

  private static Selector selector(Request request) {
    if (!request.hasBody()) {
      return QueryUri.selector(request.first("m"));
    }
    List<TagFilter> filters = new ArrayList<>();
    for (Object each : request.body().getJsonArray("tags", new JsonArray())) {
      JsonObject tag = (JsonObject) each;
      filters.add(TagFilter.parse(tag.getString("key", ""), tag.getString("value", ""), false));
    }
    return new Selector(request.body().getString("metric", ""), filters);
  }

  private static JsonObject found(Selector selector, int limit, long begin, List<Labels> series) {
    JsonArray tags = new JsonArray();
    selector
        .filters()
        .forEach(
            each -> tags.add(new JsonObject().put("key", each.tag()).put("value", each.filter())));
    JsonArray results = new JsonArray();
    for (Labels each : series) {
      JsonObject shown = new JsonObject();
      Evaluation.tags(each).forEach(shown::put);
      results.add(
          new JsonObject().put("metric", each.valueOf(Label.METRIC_NAME)).put("tags", shown));
    }
    return new JsonObject()
        .put("type", "LOOKUP")
        .put("metric", selector.metric())
        .put("tags", tags)
        .put("limit", limit)
        .put("time", (System.nanoTime() - begin) / 1_000_000)
        .put("results", results)
        .put("startIndex", 0)
        .put("totalResults", results.size());
  }
}
