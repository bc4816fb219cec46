package io.lookout.ingest.remotewrite;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.ingest.compress.Decompressor;
import io.lookout.ingest.decode.Decoded;
import io.lookout.ingest.http.Answers;
import io.lookout.ingest.http.Body;
import io.lookout.ingest.http.BodyReader;
import io.lookout.ingest.http.Tenants;
import io.lookout.ingest.intake.Intake;
import io.lookout.ingest.intake.IntakeMeters;
import io.lookout.ingest.intake.Written;
import io.lookout.model.bus.PartialWriteException;
import io.lookout.model.bus.WriteResult;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /api/v1/write} and {@code /api/v1/push}: Prometheus remote write 1.0 and 2.0.
 *
 * <p>204 when everything is durable; 400 when something was refused, with the first case of each
 * reason, after the rest has become durable; 413 and 415 before the body is read where the headers
 * tell; 503 with {@code Retry-After} when storage cannot keep up or is not there.
 *
 * <p>Source: the remote write specifications 1.0 and 2.0, and the receiver of Prometheus 3.
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
        .map(written -> answers.written(request, written.rejections()))
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

  private Future<Written> write(HttpServerRequest request) {
    WireVersion version = ContentType.version(request.getHeader("Content-Type"));
    if (version == WireVersion.V2) {
      putCounts(request, 0, 0, 0);
    }
    Announced announced =
        new Announced(version, ContentType.coding(request.getHeader("Content-Encoding")));
    String tenant = Tenants.of(request);
    return bodies
        .read(request)
        .compose(body -> decode(announced, tenant, body))
        .compose(decoded -> intake.write(PROTOCOL, decoded.batch(), decoded.rejections()))
        .onSuccess(written -> {
          if (announced.version() == WireVersion.V2) {
            putCounts(request, written.samples(), written.histograms(), written.exemplars());
          }
        })
        .onFailure(failure -> {
          if (announced.version() == WireVersion.V2
              && failure instanceof PartialWriteException part) {
            WriteResult written = part.written();
            int floats = written.accepted() - written.histograms();
            putCounts(request, floats, written.histograms(), written.exemplars());
          }
        });
  }

  /** What version 2.0 wants to be told, on failure too. */
  private static void putCounts(
      HttpServerRequest request, int samples, int histograms, int exemplars) {
    request
        .response()
        .putHeader("X-Prometheus-Remote-Write-Samples-Written", Integer.toString(samples))
        .putHeader("X-Prometheus-Remote-Write-Histograms-Written", Integer.toString(histograms))
        .putHeader("X-Prometheus-Remote-Write-Exemplars-Written", Integer.toString(exemplars));
  }

  private Future<Decoded> decode(Announced announced, String tenant, Body body) {
    return decoded(announced, tenant, body)
        .onComplete(done -> bodies.release(body))
        .onSuccess(known -> meters.series(known.series(), known.newSeries()));
  }

  private Future<Decoded> decoded(Announced announced, String tenant, Body body) {
    try {
      return Decompressor.expectedLength(announced.coding(), body.bytes(), body.length())
              <= inlineLimit
          ? Future.succeededFuture(decoder.decode(announced, tenant, body.bytes(), body.length()))
          : pool.decode(announced, tenant, body.bytes(), body.length());
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }
}
