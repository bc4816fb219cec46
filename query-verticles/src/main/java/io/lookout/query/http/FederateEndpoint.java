package io.lookout.query.http;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.model.Matcher;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.query.run.QuerySettings;
import io.lookout.query.select.Gaps;
import io.lookout.query.select.SelectClient;
import io.lookout.query.select.SelectLimits;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;

/** {@code /federate}: the newest sample of series, for another Prometheus to scrape. */
final class FederateEndpoint implements HttpEndpoint {
  private final SelectClient storage;
  private final QuerySettings settings;
  private final Clock clock;

  FederateEndpoint(SelectClient storage, QuerySettings settings, Clock clock) {
    this.storage = storage;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public void mount(Router router) {
    router.get("/federate").handler(this::answer);
  }

  private void answer(RoutingContext routing) {
    String accepted = routing.request().getHeader("Accept");
    boolean utf8 = accepted != null && accepted.contains("escaping=allow-utf-8");
    RequestForm.read(routing.request(), 0)
        .compose(parameters -> text(ApiRoute.tenant(routing), parameters, utf8))
        .onSuccess(text ->
            routing
                .response()
                .putHeader(
                    "Content-Type",
                    "text/plain; version=0.0.4; charset=utf-8; escaping="
                        + (utf8 ? "allow-utf-8" : "underscores"))
                .end(text))
        .onFailure(failure -> fail(routing, failure));
  }

  private static void fail(RoutingContext routing, Throwable failure) {
    routing
        .response()
        .setStatusCode(ApiRoute.code(routing, failure).httpStatus())
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .end(ApiRoute.message(failure) + "\n");
  }

  private Future<String> text(String tenant, Parameters parameters, boolean utf8) {
    long now = clock.millis();
    SelectLimits limits = new SelectLimits(settings.maxSeries(), settings.maxBytes().bytes());
    List<Future<List<SeriesChunks>>> parts =
        Selectors.of(parameters).stream()
            .map(matchers -> select(tenant, matchers, now, limits))
            .toList();
    return Future.all(parts)
        .map(all -> {
          FederateText text = new FederateText(now - settings.lookback().toMillis(), now, utf8);
          parts.forEach(part -> part.result().forEach(text::add));
          return text.toString();
        });
  }

  private Future<List<SeriesChunks>> select(
      String tenant, List<Matcher> matchers, long now, SelectLimits limits) {
    long since = now - settings.lookback().toMillis() + 1;
    return storage.select(
        tenant, matchers, since, now, limits, settings.timeout(), Gaps.refused(), () -> {});
  }
}
