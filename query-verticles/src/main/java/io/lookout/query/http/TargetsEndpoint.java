package io.lookout.query.http;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.model.ErrorCode;
import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.TargetQuery;
import io.lookout.model.bus.TargetReport;
import io.lookout.model.bus.TargetReport.Active;
import io.lookout.model.bus.TargetReport.Dropped;
import io.lookout.query.promql.parse.PromqlParser;
import io.lookout.query.run.QuerySettings;
import io.lookout.query.select.TargetClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * {@code /api/v1/targets}, {@code /api/v1/targets/metadata} and {@code /api/v1/scrape_pools}: what
 * the nodes of the cluster scrape.
 */
public final class TargetsEndpoint implements HttpEndpoint {
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private final ApiRoute api;
  private final TargetClient scrapers;

  public TargetsEndpoint(QuerySettings settings, MeterRegistry meters, TargetClient scrapers) {
    this.api = new ApiRoute(settings.maxBody().bytes(), meters);
    this.scrapers = scrapers;
  }

  @Override
  public void mount(Router router) {
    router.get("/api/v1/targets").handler(c -> api.answer(c, "targets", this::targets));
    router
        .get("/api/v1/targets/metadata")
        .handler(c -> api.answer(c, "targets_metadata", this::metadata));
    router.get("/api/v1/scrape_pools").handler(c -> api.answer(c, "scrape_pools", this::pools));
  }

  private Future<ApiAnswer> pools(ApiRequest request) {
    return scrapers
        .ask(new TargetQuery("", false))
        .map(report -> {
          JsonArray names = new JsonArray();
          report.pools().stream().sorted().forEach(names::add);
          return ApiAnswer.of(ApiData.of(new JsonObject().put("scrapePools", names)));
        });
  }

  private Future<ApiAnswer> targets(ApiRequest request) {
    String state = request.parameters().first("state").toLowerCase(Locale.ROOT);
    boolean any = state.isEmpty() || state.equals("any");
    boolean active = any || state.equals("active");
    boolean dropped = any || state.equals("dropped");
    return scrapers
        .ask(new TargetQuery(request.parameters().first("scrapePool"), false))
        .map(report -> ApiAnswer.of(ApiData.of(targets(report, active, dropped))));
  }

  private static JsonObject targets(TargetReport report, boolean active, boolean dropped) {
    JsonArray actives = new JsonArray();
    JsonArray droppeds = new JsonArray();
    JsonObject counts = new JsonObject();
    if (active) {
      report.active().stream()
          .sorted(Comparator.comparing(Active::pool).thenComparing(Active::labels, Labels.ORDER))
          .forEach(each -> actives.add(json(each)));
    }
    if (dropped) {
      for (Dropped each : report.dropped()) {
        counts.put(each.pool(), each.count());
        each.discovered()
            .forEach(labels ->
                droppeds.add(
                    new JsonObject()
                        .put("discoveredLabels", json(labels))
                        .put("scrapePool", each.pool())));
      }
    }
    return new JsonObject()
        .put("activeTargets", actives)
        .put("droppedTargets", droppeds)
        .put("droppedTargetCounts", dropped ? counts : null);
  }

  private static JsonObject json(Active target) {
    return new JsonObject()
        .put("discoveredLabels", json(target.discovered()))
        .put("labels", json(target.labels()))
        .put("scrapePool", target.pool())
        .put("scrapeUrl", target.url())
        .put("globalUrl", target.url())
        .put("lastError", target.lastError())
        .put(
            "lastScrape",
            target.lastScrape() == 0 ? NEVER : Instant.ofEpochMilli(target.lastScrape()).toString())
        .put("lastScrapeDuration", target.lastSeconds())
        .put("health", target.health())
        .put("scrapeInterval", target.interval())
        .put("scrapeTimeout", target.timeout());
  }

  private static JsonObject json(Labels labels) {
    JsonObject json = new JsonObject();
    for (Label label : labels) {
      json.put(label.name(), label.value());
    }
    return json;
  }

  private Future<ApiAnswer> metadata(ApiRequest request) {
    Parameters parameters = request.parameters();
    String metric = parameters.first("metric");
    List<Matcher> matchers = matchers(parameters.first("match_target"));
    int limit = limit(parameters.first("limit"));
    return scrapers
        .ask(new TargetQuery("", true))
        .map(report -> ApiAnswer.of(ApiData.of(metadata(report, matchers, metric, limit))));
  }

  private static int limit(String text) {
    try {
      return text.isEmpty() ? -1 : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new LookoutException(ErrorCode.BAD_DATA, "limit must be a number", e);
    }
  }

  private static List<Matcher> matchers(String selector) {
    return selector.isEmpty()
        ? List.of()
        : Parameters.checked("match_target", () -> PromqlParser.parseSelector(selector));
  }

  private static boolean matches(List<Matcher> matchers, Labels labels) {
    return matchers.stream().allMatch(matcher -> matcher.matches(labels));
  }

  private static JsonArray metadata(
      TargetReport report, List<Matcher> matchers, String metric, int limit) {
    JsonArray entries = new JsonArray();
    for (Active target : report.active()) {
      if (matches(matchers, target.labels())) {
        for (MetricMetadata each : target.metadata()) {
          if (limit >= 0 && entries.size() >= limit) {
            return entries;
          }
          if (metric.isEmpty() || metric.equals(each.metricFamily())) {
            entries.add(json(target, each, metric.isEmpty()));
          }
        }
      }
    }
    return entries;
  }

  private static JsonObject json(Active target, MetricMetadata entry, boolean withMetric) {
    JsonObject json = new JsonObject().put("target", json(target.labels()));
    if (withMetric) {
      json.put("metric", entry.metricFamily());
    }
    return json.put("type", entry.type()).put("help", entry.help()).put("unit", entry.unit());
  }
}
