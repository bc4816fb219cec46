package io.lookout.query.http;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.model.bus.AdminRequest;
import io.lookout.model.bus.AdminRequest.Action;
import io.lookout.query.select.AdminClient;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * {@code /api/v1/admin/tsdb/}: {@code delete_series}, {@code clean_tombstones}, {@code snapshot}.
 */
public final class AdminEndpoint implements HttpEndpoint {
  private static final String PREFIX = "/api/v1/admin/tsdb/";
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final AdminSettings settings;
  private final AdminClient storage;
  private final long maxBody;
  private final Clock clock;

  /**
   * @param maxBody bytes that a form may have
   */
  public AdminEndpoint(AdminSettings settings, AdminClient storage, long maxBody, Clock clock) {
    this.settings = settings;
    this.storage = storage;
    this.maxBody = maxBody;
    this.clock = clock;
  }

  @Override
  public void mount(Router router) {
    mount(router, "delete_series", this::deleteSeries);
    mount(router, "clean_tombstones", this::cleanTombstones);
    mount(router, "snapshot", this::snapshot);
  }

  /** A parsed request, and what is answered: an empty object for nothing. */
  private void mount(Router router, String name, Function<Admin, Future<JsonObject>> handler) {
    router.post(PREFIX + name).handler(routing -> answer(routing, handler));
    router.put(PREFIX + name).handler(routing -> answer(routing, handler));
  }

  private record Admin(String tenant, Parameters parameters) {}

  private void answer(RoutingContext routing, Function<Admin, Future<JsonObject>> handler) {
    RequestForm.read(routing.request(), maxBody)
        .compose(parameters -> {
          settings.checkEnabled();
          return handler.apply(new Admin(ApiRoute.tenant(routing), parameters));
        })
        .onSuccess(data -> {
          if (data.isEmpty()) {
            routing.response().setStatusCode(204).end();
          } else {
            JsonObject body = new JsonObject().put("status", "success").put("data", data);
            routing.response().putHeader("Content-Type", "application/json").end(body.encode());
          }
        })
        .onFailure(failure -> ApiRoute.fail(routing, failure, status(routing, failure)));
  }

  /** Prometheus has no status for what is switched off. */
  private int status(RoutingContext routing, Throwable failure) {
    return settings.enabled() ? ApiRoute.code(routing, failure).httpStatus() : 500;
  }

  /** Moved to the store first, the newest samples are deleted like all others. */
  private Future<JsonObject> deleteSeries(Admin request) {
    Parameters parameters = request.parameters();
    if (parameters.all("match[]").isEmpty()) {
      throw new LookoutException(ErrorCode.BAD_DATA, "no match[] parameter provided");
    }
    long start = parameters.time("start").orElse(-TimeText.MAX_MILLIS);
    long end = parameters.time("end").orElse(TimeText.MAX_MILLIS);
    if (end < start) {
      throw Parameters.invalid("end", "end timestamp must not be before start time");
    }
    List<List<Matcher>> sets = Parameters.checked("match[]", () -> Selectors.of(parameters));
    return storage
        .ask(new AdminRequest(Action.FLUSH, request.tenant(), "", List.of(), start, end))
        .compose(flushed ->
            storage.ask(new AdminRequest(Action.DELETE, request.tenant(), "", sets, start, end)))
        .map(deleted -> new JsonObject());
  }

  private Future<JsonObject> cleanTombstones(Admin request) {
    return storage
        .ask(new AdminRequest(Action.CLEAN, request.tenant(), "", List.of(), 0, 0))
        .map(cleaned -> new JsonObject());
  }

  private Future<JsonObject> snapshot(Admin request) {
    boolean skipHead = request.parameters().first("skip_head").equals("true");
    String name =
        NAME.format(Instant.ofEpochMilli(clock.millis()))
            + "-"
            + Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
    AdminRequest flush =
        new AdminRequest(
            Action.FLUSH, request.tenant(), "", List.of(), Long.MIN_VALUE, Long.MAX_VALUE);
    Future<Long> flushed = skipHead ? Future.succeededFuture(0L) : storage.ask(flush);
    return flushed
        .compose(done ->
            storage.ask(new AdminRequest(Action.SNAPSHOT, request.tenant(), name, List.of(), 0, 0)))
        .map(done -> new JsonObject().put("name", name));
  }
}
