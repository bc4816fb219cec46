package io.lookout.ingest.opentsdb;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.http.Tenants;
import io.lookout.ingest.http.Uploads;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * OpenTSDB's {@code /api/put}, SOFALookout's {@code /opentsdb/api/put}, and of Aliyun's TSDB {@code
 * /api/mput} and {@code /api/vip_health}.
 */
public final class OpenTsdbEndpoint implements HttpEndpoint {
  static final String PROTOCOL = "opentsdb";

  private final Uploads uploads;
  private final PointBatches batches;

  public OpenTsdbEndpoint(Uploads uploads, PointBatches batches) {
    this.uploads = uploads;
    this.batches = batches;
  }

  @Override
  public void mount(Router router) {
    router.post("/api/put").handler(context -> put(context.request(), 204));
    router.post("/api/mput").handler(context -> put(context.request(), 204));
    router.post("/opentsdb/api/put").handler(context -> put(context.request(), 202));
    router.route("/api/vip_health").handler(OpenTsdbEndpoint::healthy);
    router.get("/api/version").handler(OpenTsdbEndpoint::version);
  }

  private void put(HttpServerRequest request, int success) {
    PutReply reply = PutReply.of(request, success);
    uploads.take(
        PROTOCOL,
        request,
        reply,
        () -> {
          String tenant = Tenants.of(request);
          PutDecoder decoder = new PutDecoder(batches, reply.errors());
          return (bytes, length) -> decoder.decode(tenant, bytes, length).decoded(length);
        });
  }

  /** Aliyun's client asks before it writes, with a body that nobody reads. */
  private static void healthy(RoutingContext context) {
    context.request().resume();
    context.response().putHeader("Content-Type", "application/json").end("{}");
  }

  private static void version(RoutingContext context) {
    context
        .response()
        .putHeader("Content-Type", "application/json")
        .end("{\"version\":\"2.4.1\",\"short_revision\":\"\",\"repo\":\"lookout\"}");
  }
}
