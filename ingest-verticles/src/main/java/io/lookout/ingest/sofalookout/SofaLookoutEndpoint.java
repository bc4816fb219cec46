package io.lookout.ingest.sofalookout;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.http.Tenants;
import io.lookout.ingest.http.Uploads;
import io.lookout.ingest.series.LabelPairs;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/**
 * SOFALookout's gateway as its client sees it: {@code GET /datas} says that somebody is there,
 * {@code POST /datas} brings records; {@code POST /lookout/metrics/app/<app>/step/<step>/…} is the
 * form for senders without the client, whose pairs in the path become labels.
 */
public final class SofaLookoutEndpoint implements HttpEndpoint {
  static final String PROTOCOL = "sofalookout";

  private static final String DIRECT = "/lookout/metrics/";

  private final Uploads uploads;
  private final PointBatches batches;
  private final SofaLookoutSettings settings;
  private final Clock clock;

  public SofaLookoutEndpoint(
      Uploads uploads, PointBatches batches, SofaLookoutSettings settings, Clock clock) {
    this.settings = settings;
    this.uploads = uploads;
    this.batches = batches;
    this.clock = clock;
  }

  @Override
  public void mount(Router router) {
    router.get("/datas").handler(this::present);
    router.post("/datas").handler(context -> fromClient(context.request()));
    router.post(DIRECT + "*").handler(context -> direct(context.request()));
  }

  private void present(RoutingContext context) {
    if (isEmpty(context.request().getHeader("app"))) {
      context
          .response()
          .setStatusCode(403)
          .putHeader("Wait-Minutes", "5")
          .putHeader("Err", "APP_NAME_NULL")
          .end();
      return;
    }
    context.response().putHeader("Content-Type", "text/plain");
    if (settings.restricts() && !settings.id().equals(context.request().getHeader("Conf-Id"))) {
      context.response().putHeader("Conf-Refresh", "true").end(settings.json());
    } else {
      context.response().end("OK");
    }
  }

  private static boolean isEmpty(@org.jspecify.annotations.Nullable String text) {
    return text == null || text.isBlank();
  }

  private void fromClient(HttpServerRequest request) {
    String app = request.getHeader("app");
    if (app == null || app.isBlank()) {
      request.resume();
      request
          .response()
          .setStatusCode(403)
          .putHeader("Wait-Minutes", "5")
          .putHeader("Err", "APP_NAME_NULL")
          .end();
      return;
    }
    LabelPairs added = new LabelPairs();
    added.add("app", app);
    String ip = request.getHeader("Client-Ip");
    if (ip != null && !ip.isBlank()) {
      added.add("ip", ip);
    }
    take(request, added);
  }

  private void direct(HttpServerRequest request) {
    LabelPairs added = new LabelPairs();
    String[] parts = request.path().substring(DIRECT.length()).split("/", -1);
    for (int i = 0; i + 1 < parts.length; i += 2) {
      if (!parts[i].equals("step")) {
        added.add(decoded(parts[i]), decoded(parts[i + 1]));
      }
    }
    take(request, added);
  }

  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return part;
    }
  }

  private static String value(LabelPairs pairs, String name) {
    for (int i = 0; i < pairs.size(); i++) {
      if (pairs.name(i).equals(name)) {
        return pairs.value(i);
      }
    }
    return "";
  }

  private void take(HttpServerRequest request, LabelPairs added) {
    uploads.take(
        PROTOCOL,
        request,
        new DatasReply(),
        () -> {
          if (isEmpty(value(added, "app"))) {
            throw new LookoutException(ErrorCode.BAD_DATA, "the path must name an app");
          }
          String tenant = Tenants.of(request);
          DatasDecoder decoder = new DatasDecoder(batches, added, clock.millis());
          return (bytes, length) -> decoder.decode(tenant, bytes, length).decoded(length);
        });
  }
}
