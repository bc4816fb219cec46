package io.lookout.ingest.otlp;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.ingest.http.Tenants;
import io.lookout.ingest.http.Uploads;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/metrics} and Prometheus's {@code /api/v1/otlp/v1/metrics}: OTLP over HTTP, as
 * protobuf and as JSON.
 *
 * <p>Source: the OTLP specification 1.11, section "OTLP/HTTP".
 */
public final class OtlpEndpoint implements HttpEndpoint {
  static final String PROTOCOL = "otlp";

  private final Uploads uploads;
  private final OtlpDecoders decoders;

  public OtlpEndpoint(Uploads uploads, OtlpDecoders decoders) {
    this.uploads = uploads;
    this.decoders = decoders;
  }

  @Override
  public void mount(Router router) {
    router.post("/v1/metrics").handler(context -> take(context.request()));
    router.post("/api/v1/otlp/v1/metrics").handler(context -> take(context.request()));
  }

  private void take(HttpServerRequest request) {
    String type = mediaType(request.getHeader("Content-Type"));
    boolean json = type.equals("application/json");
    PointTally tally = new PointTally();
    uploads.take(
        PROTOCOL,
        request,
        new OtlpReply(json, tally),
        () -> {
          if (!json && !type.equals("application/x-protobuf")) {
            throw new LookoutException(
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                "Content-Type must be application/x-protobuf or application/json, is '"
                    + type
                    + "'");
          }
          return decoders.decoding(Tenants.of(request), json, tally);
        });
  }

  private static String mediaType(@Nullable String header) {
    String type = header == null ? "" : header;
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
  }
}
