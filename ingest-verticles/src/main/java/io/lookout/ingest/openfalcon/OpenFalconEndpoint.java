package io.lookout.ingest.openfalcon;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.ingest.decode.Decoded;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.http.Tenants;
import io.lookout.ingest.http.Uploads;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.time.Clock;

/** {@code /api/push} as transfer has it, and {@code /v1/push} as an agent has it for others. */
public final class OpenFalconEndpoint implements HttpEndpoint {
  static final String PROTOCOL = "openfalcon";

  private final Uploads uploads;
  private final PointBatches batches;
  private final Clock clock;

  public OpenFalconEndpoint(Uploads uploads, PointBatches batches, Clock clock) {
    this.uploads = uploads;
    this.batches = batches;
    this.clock = clock;
  }

  @Override
  public void mount(Router router) {
    router.post("/api/push").handler(context -> take(context.request(), PushReply.Form.TRANSFER));
    router.post("/v1/push").handler(context -> take(context.request(), PushReply.Form.AGENT));
  }

  private void take(HttpServerRequest request, PushReply.Form form) {
    PushReply reply = new PushReply(form);
    uploads.take(
        PROTOCOL,
        request,
        reply,
        () -> {
          String tenant = Tenants.of(request);
          return (bytes, length) -> decoded(tenant, bytes, length, reply);
        });
  }

  private Decoded decoded(String tenant, byte[] bytes, int length, PushReply reply) {
    if (length == 0) {
      throw new LookoutException(ErrorCode.BAD_DATA, reply.blank());
    }
    PushDecoder items = new PushDecoder(batches, tenant, length, clock.millis());
    try {
      items.body(bytes, length);
    } catch (LookoutException e) {
      throw e.code() == ErrorCode.BAD_DATA
          ? new LookoutException(e.code(), reply.undecodable() + ": " + e.getMessage(), e)
          : e;
    }
    reply.total(items.total());
    return items.batch().decoded(length);
  }
}
