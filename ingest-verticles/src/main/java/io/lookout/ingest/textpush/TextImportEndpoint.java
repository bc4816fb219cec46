package io.lookout.ingest.textpush;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.http.Reply;
import io.lookout.ingest.http.Tenants;
import io.lookout.ingest.http.Uploads;
import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/import/prometheus}: what some target has exposed, as text 0.0.4 or
 * OpenMetrics, with the times that stand in it. {@code extra_label=name=value}, as often as wanted,
 * adds labels; {@code timestamp=ms} is the time of samples that have none.
 */
public final class TextImportEndpoint implements HttpEndpoint {
  static final String PROTOCOL = "text_import";

  private final Uploads uploads;
  private final PointBatches batches;
  private final Clock clock;

  public TextImportEndpoint(Uploads uploads, PointBatches batches, Clock clock) {
    this.uploads = uploads;
    this.batches = batches;
    this.clock = clock;
  }

  @Override
  public void mount(Router router) {
    router.post("/api/v1/import/prometheus").handler(context -> take(context.request()));
    router.put("/api/v1/import/prometheus").handler(context -> take(context.request()));
  }

  private void take(HttpServerRequest request) {
    uploads.take(
        PROTOCOL,
        request,
        Reply.plain(204),
        () -> {
          TextDecoder decoder =
              new TextDecoder(
                  batches,
                  new TextDecoder.Origin(
                      Tenants.of(request),
                      request.getHeader("Content-Type"),
                      extraLabels(request),
                      time(request.getParam("timestamp")),
                      true,
                      Set.of()));
          return (bytes, length) -> decoder.decode(bytes, length).decoded(length);
        });
  }

  private static Labels extraLabels(HttpServerRequest request) {
    Labels.Builder labels = new Labels.Builder();
    for (String each : request.params().getAll("extra_label")) {
      int equals = each.indexOf('=');
      if (equals < 1) {
        throw new LookoutException(
            ErrorCode.BAD_DATA, "extra_label must be name=value, is '" + each + "'");
      }
      labels.set(each.substring(0, equals), each.substring(equals + 1));
    }
    return labels.build();
  }

  private long time(@Nullable String given) {
    if (given == null) {
      return clock.millis();
    }
    try {
      return Long.parseLong(given);
    } catch (NumberFormatException e) {
      throw new LookoutException(
          ErrorCode.BAD_DATA, "timestamp is no whole number of milliseconds: " + given, e);
    }
  }
}
