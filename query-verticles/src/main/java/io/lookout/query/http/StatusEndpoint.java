package io.lookout.query.http;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.cluster.settings.EffectiveSetting;
import io.lookout.cluster.settings.Settings;
import io.lookout.query.promql.ast.Language;
import io.lookout.query.run.QuerySettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;

/**
 * What Prometheus tells of itself, and what clients ask for that Lookout has none of yet: empty, in
 * the right shape.
 */
final class StatusEndpoint implements HttpEndpoint {
  private final ApiRoute api;
  private final Settings settings;
  private final Clock clock;
  private final Instant started;

  StatusEndpoint(ApiRoute api, Settings settings, Clock clock, Instant started) {
    this.api = api;
    this.settings = settings;
    this.clock = clock;
    this.started = started;
  }

  @Override
  public void mount(Router router) {
    get(router, "notifications", request -> ApiData.of(new JsonArray()));
    get(router, "status/walreplay", request -> ApiData.of(replay()));
    get(router, "status/tsdb/blocks", request -> ApiData.of(blocks()));
    get(router, "status/flags", request -> ApiData.of(flags()));
    get(router, "status/config", request -> ApiData.of(config()));
    Language language = settings.of(QuerySettings.class).language();
    get(router, "features", request -> ApiData.of(Features.json(language)));
    // As where too many listen already: nothing will come, and there is no use in asking again.
    router.get("/api/v1/notifications/live").handler(c -> c.response().setStatusCode(204).end());
    router
        .get("/api/v1/status/runtimeinfo")
        .handler(c -> api.answer(c, "status_runtimeinfo", request -> runtime()));
  }

  private void get(Router router, String path, Function<ApiRequest, ApiData> data) {
    router.get("/api/v1/" + path).handler(c -> api.answer(c, path.replace('/', '_'), ask(data)));
  }

  private static Function<ApiRequest, Future<ApiAnswer>> ask(Function<ApiRequest, ApiData> data) {
    return request -> Future.succeededFuture(ApiAnswer.of(data.apply(request)));
  }

  /** Whoever is answered here finds the replay done. */
  private static JsonObject replay() {
    return new JsonObject().put("min", 0).put("max", 0).put("current", 0);
  }

  /**
   * What Lookout calls a block is a document in a store, and nothing that Prometheus would know.
   */
  private static JsonObject blocks() {
    return new JsonObject().put("blocks", new JsonArray());
  }

  private JsonObject flags() {
    JsonObject flags = new JsonObject();
    for (EffectiveSetting each : settings.effective()) {
      flags.put(each.name(), each.value());
    }
    return flags;
  }

  private JsonObject config() {
    return new JsonObject().put("yaml", ConfigYaml.of(settings.effective()));
  }

  /** Off the event loop: the operating system is asked. */
  private Future<ApiAnswer> runtime() {
    RuntimeInfo info = new RuntimeInfo(started, clock.instant(), retention());
    return Vertx.currentContext()
        .executeBlocking(info::json, false)
        .map(json -> ApiAnswer.of(ApiData.of(json)));
  }

  private String retention() {
    return settings.effective().stream()
        .filter(each -> each.name().equals("storage.retention"))
        .map(EffectiveSetting::value)
        .findFirst()
        .orElse("");
  }
}
