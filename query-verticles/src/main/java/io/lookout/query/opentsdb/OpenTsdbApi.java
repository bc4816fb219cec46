package io.lookout.query.opentsdb;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.model.ErrorCode;
import io.lookout.query.http.ApiRoute;
import io.lookout.query.http.RequestForm;
import io.lookout.query.run.QueryRunner;
import io.lookout.query.run.QuerySettings;
import io.lookout.query.run.QueryWorkers;
import io.lookout.query.select.LabelClient;
import io.lookout.query.select.SelectClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * OpenTSDB's read API: {@code /api/query}, {@code /api/query/last}, {@code /api/suggest}, {@code
 * /api/search/lookup}, {@code /api/aggregators}, {@code /api/config/filters}. One for every event
 * loop.
 */
public final class OpenTsdbApi implements HttpEndpoint {
  private final long maxBody;
  private final MeterRegistry meters;
  private final Lookups lookups;
  private final Queries queries;

  public OpenTsdbApi(
      QuerySettings settings,
      MeterRegistry meters,
      Clock clock,
      QueryRunner runner,
      QueryWorkers workers,
      SelectClient storage,
      LabelClient labels) {
    this.maxBody = settings.maxBody().bytes();
    this.meters = meters;
    this.lookups = new Lookups(labels, settings.timeout());
    this.queries = new Queries(settings, clock, runner, workers, storage);
  }

  @Override
  public void mount(Router router) {
    both(router, "/api/query", "query", queries::query);
    both(router, "/api/query/last", "query_last", queries::last);
    both(router, "/api/suggest", "suggest", lookups::suggest);
    both(router, "/api/search/lookup", "lookup", lookups::lookup);
    both(router, "/api/aggregators", "aggregators", request -> text(aggregators()));
    both(router, "/api/config/filters", "filters", request -> text(filters()));
  }

  private void both(
      Router router, String path, String name, Function<Request, Future<String>> handler) {
    router.get(path).handler(context -> answer(context, name, handler));
    router.post(path).handler(context -> answer(context, name, handler));
  }

  private static Future<String> text(String json) {
    return Future.succeededFuture(json);
  }

  private static String aggregators() {
    return new JsonArray(Aggregator.names()).encode();
  }

  private static String filters() {
    JsonObject filters = new JsonObject();
    TagFilter.examples()
        .forEach((type, example) ->
            filters.put(
                type,
                new JsonObject()
                    .put("examples", example)
                    .put("description", "Accepts tags, as in the example.")));
    return filters.encode();
  }

  private void answer(
      RoutingContext context, String name, Function<Request, Future<String>> handler) {
    Timer.Sample sample = Timer.start(meters);
    body(context)
        .compose(body ->
            handler.apply(
                new Request(
                    ApiRoute.tenant(context),
                    context.request().params(),
                    body,
                    context.response()::closed)))
        .recover(OpenTsdbApi::typed)
        .onSuccess(json -> {
          stop(sample, name, "success");
          if (!context.response().closed()) {
            context.response().putHeader("Content-Type", "application/json").end(json);
          }
        })
        .onFailure(failure -> stop(sample, name, failed(context, failure)));
  }

  private Future<JsonObject> body(RoutingContext context) {
    if (!context.request().method().equals(HttpMethod.POST)) {
      return Future.succeededFuture(new JsonObject());
    }
    return RequestForm.body(context.request(), maxBody).map(OpenTsdbApi::json);
  }

  /** The body; a member that is null is one that is not there. */
  static JsonObject json(Buffer bytes) {
    if (bytes.length() == 0) {
      return new JsonObject();
    } else if (Json.decodeValue(bytes) instanceof JsonObject body) {
      withoutNulls(body.getMap());
      return body;
    }
    throw Bad.request("Unable to parse the given JSON: it is no object");
  }

  private static void withoutNulls(@Nullable Object json) {
    if (json instanceof Map<?, ?> object) {
      object.values().removeIf(Objects::isNull);
      object.values().forEach(OpenTsdbApi::withoutNulls);
    } else if (json instanceof List<?> array) {
      array.removeIf(Objects::isNull);
      array.forEach(OpenTsdbApi::withoutNulls);
    }
  }

  /** What the JSON is or holds in the wrong place. */
  private static <T> Future<T> typed(Throwable failure) {
    if (failure instanceof DecodeException) {
      return Future.failedFuture(
          Bad.request("Unable to parse the given JSON: " + failure.getMessage(), failure));
    }
    return Future.failedFuture(
        failure instanceof ClassCastException
            ? Bad.request("a field of the JSON has the wrong type", failure)
            : failure);
  }

  /** The error type. */
  private static String failed(RoutingContext context, Throwable failure) {
    ErrorCode code = ApiRoute.code(context, failure);
    String message = ApiRoute.message(failure);
    JsonObject error =
        new JsonObject()
            .put("code", code.httpStatus())
            .put("message", message)
            .put("details", message);
    if (!context.response().closed()) {
      context
          .response()
          .setStatusCode(code.httpStatus())
          .putHeader("Content-Type", "application/json")
          .end(new JsonObject().put("error", error).encode());
    }
    return code.errorType();
  }

  private void stop(Timer.Sample sample, String endpoint, String outcome) {
    sample.stop(
        Timer.builder("lookout.query.request.duration")
            .description("Requests of the query API, from their arrival to the end of the answer")
            .tag("endpoint", "opentsdb_" + endpoint)
            .tag("outcome", outcome)
            .register(meters));
  }
}
