package io.lookout.query.http;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.model.Matcher;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.query.federate.Federation;
import io.lookout.query.run.QuerySettings;
import io.lookout.query.select.Gaps;
import io.lookout.query.select.SelectClient;
import io.lookout.query.select.SelectLimits;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
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
    String accept = routing.request().getHeader("Accept");
    RequestForm.read(routing.request(), 0)
        .compose(parameters ->
            federation(ApiRoute.tenant(routing), parameters, accept == null ? "" : accept))
        .map(federation -> {
          routing.response().putHeader("Content-Type", federation.contentType());
          return Buffer.buffer(federation.body());
        })
        .onSuccess(routing.response()::end)
        .onFailure(failure -> fail(routing, failure));
  }

  private static void fail(RoutingContext routing, Throwable failure) {
    routing
        .response()
        .setStatusCode(ApiRoute.code(routing, failure).httpStatus())
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .putHeader("X-Content-Type-Options", "nosniff")
        .end(ApiRoute.message(failure) + "\n");
  }

  private Future<Federation> federation(String tenant, Parameters parameters, String accept) {
    parameters.requireWellEncoded();
    long now = clock.millis();
    long since = now - settings.lookback().toMillis();
    SelectLimits limits = new SelectLimits(settings.maxSeries(), settings.maxBytes().bytes());
    List<Future<List<SeriesChunks>>> parts =
        Selectors.all(parameters).stream()
            // As in Prometheus, what names nothing finds nothing.
            .filter(matchers -> !matchers.isEmpty())
            .map(matchers -> select(tenant, matchers, since, now, limits))
            .toList();
    return Future.all(parts)
        .map(all -> {
          Federation federation = new Federation(accept, since, now);
          parts.forEach(part -> part.result().forEach(federation::add));
          return federation;
        });
  }

  private Future<List<SeriesChunks>> select(
      String tenant, List<Matcher> matchers, long since, long now, SelectLimits limits) {
    return storage.select(
        tenant, matchers, since, now, limits, settings.timeout(), Gaps.refused(), () -> {});
  }
}
