package io.lookout.ingest.remotewrite;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.ingest.http.Answers;
import io.lookout.ingest.http.Body;
import io.lookout.ingest.http.BodyReader;
import io.lookout.ingest.http.Tenants;
import io.lookout.ingest.intake.Intake;
import io.lookout.ingest.intake.IntakeMeters;
import io.lookout.ingest.pipeline.Rejections;
import io.lookout.model.LookoutException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /api/v1/write} and {@code /api/v1/push}: Prometheus remote write 1.0.
 *
 * <p>204 when everything is durable; 400 when something was refused, with the first case of each
 * reason, after the rest has become durable; 413 and 415 before the body is read where the headers
 * tell; 503 with {@code Retry-After} when storage cannot keep up or is not there.
 *
 * <p>Source: the remote write 1.0 specification, and the receiver of Prometheus 3.
 */
public final class RemoteWriteEndpoint implements HttpEndpoint {
  static final String PROTOCOL = "remote_write";

  private static final Logger LOG = LoggerFactory.getLogger(RemoteWriteEndpoint.class);

  private final BodyReader bodies;
  private final DecoderPool pool;
  private final RemoteWriteDecoder decoder;
  private final int inlineLimit;
  private final Intake intake;
  private final IntakeMeters meters;
  private final Answers answers;

  /**
   * @param inlineLimit bodies of at most this size, after decompression, are decoded on the event
   *     loop; larger ones on a worker
   */
  public RemoteWriteEndpoint(
      BodyReader bodies,
      DecoderPool pool,
      int inlineLimit,
      Intake intake,
      IntakeMeters meters,
      Answers answers) {
    this.bodies = bodies;
    this.pool = pool;
    this.decoder = pool.decoder();
    this.inlineLimit = inlineLimit;
    this.intake = intake;
    this.meters = meters;
    this.answers = answers;
  }

  @Override
  public void mount(Router router) {
    router.post("/api/v1/write").handler(context -> handle(context.request()));
    router.post("/api/v1/push").handler(context -> handle(context.request()));
  }

  private void handle(HttpServerRequest request) {
    long begin = System.nanoTime();
    Future.succeededFuture()
        .compose(start -> write(request))
        .map(rejections -> answers.written(request, rejections))
        .otherwise(failure -> failed(request, failure))
        .onSuccess(status -> meters.request(PROTOCOL, status, request.bytesRead(), since(begin)))
        .onFailure(failure -> LOG.error("Cannot answer a remote write request", failure));
  }

  private int failed(HttpServerRequest request, Throwable failure) {
    meters.refused(PROTOCOL, failure);
    return answers.failed(request, failure);
  }

  private static long since(long begin) {
    return System.nanoTime() - begin;
  }

  private Future<Rejections> write(HttpServerRequest request) {
    ContentType.check(request.getHeader("Content-Type"), request.getHeader("Content-Encoding"));
    String tenant = Tenants.of(request);
    return bodies
        .read(request)
        .compose(body -> decode(tenant, body))
        .compose(decoded -> intake.write(PROTOCOL, decoded.batch(), decoded.rejections()));
  }

  private Future<Decoded> decode(String tenant, Body body) {
    Future<Decoded> decoded;
    try {
      decoded =
          SnappyBlock.declaredLength(body.bytes(), body.length()) <= inlineLimit
              ? Future.succeededFuture(decoder.decode(tenant, body.bytes(), body.length()))
              : pool.decode(tenant, body.bytes(), body.length());
    } catch (LookoutException e) {
      decoded = Future.failedFuture(e);
    }
    return decoded
        .onComplete(done -> bodies.release(body))
        .onSuccess(known -> meters.series(known.series(), known.newSeries()));
  }
}
