package io.lookout.ingest.http;

import io.lookout.ingest.compress.ContentCoding;
import io.lookout.ingest.compress.Decompressor;
import io.lookout.ingest.decode.Decoded;
import io.lookout.ingest.http.Envelope.Content;
import io.lookout.ingest.intake.Intake;
import io.lookout.ingest.intake.IntakeMeters;
import io.lookout.ingest.intake.Written;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a request that brings samples: its body is read and decompressed within limits,
 * decoded (on a worker where it is large), handed to the intake, answered in the words of its
 * protocol, and counted. Stays on one event loop.
 */
public final class Uploads {
  private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);

  private final BodyReader bodies;
  private final WorkerExecutor workers;
  private final Limits limits;
  private final Intake intake;
  private final IntakeMeters meters;
  private final Answers answers;
  private final Decompressor decompressor = new Decompressor();

  /**
   * @param inline bodies of at most this size, after decompression, are decoded on the event loop
   * @param decompressed the largest size after decompression
   */
  public record Limits(int inline, int decompressed) {}

  /** Turns a body, {@code bytes[0..length)}, into columns. Used once. */
  @FunctionalInterface
  public interface Decoding {
    Decoded decode(byte[] bytes, int length);
  }

  public Uploads(
      BodyReader bodies,
      WorkerExecutor workers,
      Limits limits,
      Intake intake,
      IntakeMeters meters,
      Answers answers) {
    this.bodies = bodies;
    this.workers = workers;
    this.limits = limits;
    this.intake = intake;
    this.meters = meters;
    this.answers = answers;
  }

  /**
   * Takes a request from its head to its answer.
   *
   * @param decoding made before the body is read: refuses what the head shows to be wrong
   */
  public void take(
      String protocol, HttpServerRequest request, Reply reply, Supplier<Decoding> decoding) {
    take(protocol, request, reply, Envelope.http(ContentCoding.ALL), decoding);
  }

  /** The same where the protocol knows only some codings, or puts something around its bodies. */
  public void take(
      String protocol,
      HttpServerRequest request,
      Reply reply,
      Envelope envelope,
      Supplier<Decoding> decoding) {
    long begin = System.nanoTime();
    Future.succeededFuture()
        .compose(start -> write(protocol, request, envelope, decoding.get()))
        .map(written -> answers.send(request, reply.written(written)))
        .otherwise(failure -> failed(protocol, request, failure, reply))
        .onSuccess(status ->
            meters.request(protocol, status, request.bytesRead(), System.nanoTime() - begin))
        .onFailure(failure -> LOG.error("Cannot answer a request of {}", protocol, failure));
  }

  private int failed(String protocol, HttpServerRequest request, Throwable failure, Reply reply) {
    meters.refused(protocol, failure);
    return answers.failed(request, failure, reply);
  }

  private Future<Written> write(
      String protocol, HttpServerRequest request, Envelope envelope, Decoding decoding) {
    ContentCoding coding = envelope.coding(request);
    return bodies
        .read(request)
        .compose(body ->
            decoded(envelope, coding, body, decoding).onComplete(done -> bodies.release(body)))
        .onSuccess(known -> meters.series(known.series(), known.newSeries()))
        .compose(known -> intake.write(protocol, known.batch(), known.rejections()));
  }

  private Future<Decoded> decoded(
      Envelope envelope, ContentCoding coding, Body body, Decoding decoding) {
    try {
      Content content = envelope.open(coding, body);
      return content.expectedLength() <= limits.inline()
          ? Future.succeededFuture(decode(decompressor, content, decoding))
          : workers.executeBlocking(() -> decode(new Decompressor(), content, decoding), false);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private Decoded decode(Decompressor with, Content content, Decoding decoding) {
    int length =
        with.decompress(content.coding(), content.bytes(), content.length(), limits.decompressed());
    return decoding.decode(with.buffer(), length);
  }
}
