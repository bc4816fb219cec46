package io.lookout.ingest.otlp;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.ingest.grpc.GrpcCall;
import io.lookout.ingest.grpc.GrpcEnvelope;
import io.lookout.ingest.grpc.GrpcReply;
import io.lookout.ingest.http.Tenants;
import io.lookout.ingest.http.Uploads;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;

/**
 * {@code MetricsService/Export}: OTLP over gRPC, on a port of its own. The message is that of
 * OTLP/HTTP.
 *
 * <p>Source: the OTLP specification 1.11, section "OTLP/gRPC".
 */
public final class OtlpGrpcEndpoint implements HttpEndpoint {
  private static final String EXPORT =
      "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";

  private final Uploads uploads;
  private final OtlpDecoders decoders;

  public OtlpGrpcEndpoint(Uploads uploads, OtlpDecoders decoders) {
    this.uploads = uploads;
    this.decoders = decoders;
  }

  @Override
  public void mount(Router router) {
    router
        .route()
        .handler(context -> {
          if (GrpcCall.isOne(context.request())) {
            context.next();
          } else {
            GrpcCall.refuse(context.request());
          }
        });
    router.post(EXPORT).handler(context -> export(context.request()));
    router
        .route()
        .last()
        .handler(context ->
            GrpcCall.unimplemented(context.request(), "only metrics are taken here: " + EXPORT));
  }

  private void export(HttpServerRequest request) {
    PointTally tally = new PointTally();
    uploads.take(
        OtlpEndpoint.PROTOCOL,
        request,
        new GrpcReply(written -> OtlpReply.protobuf(written, tally)),
        new GrpcEnvelope(),
        () -> decoders.decoding(Tenants.of(request), false, tally));
  }
}
