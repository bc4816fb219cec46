package io.lookout.query.http;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all endpoints have in common: parameters are read, the answer is put into Prometheus's
 * envelope, a failure becomes its error.
 */
public final class ApiRoute {
  private static final Logger LOG = LoggerFactory.getLogger(ApiRoute.class);
  private static final String TENANT_HEADER = "X-Scope-OrgID";

  private final long maxBody;
  private final MeterRegistry meters;

  ApiRoute(long maxBody, MeterRegistry meters) {
    this.maxBody = maxBody;
    this.meters = meters;
  }

  /**
   * Answers a request.
   *
   * @param endpoint its name in the metrics
   */
  void answer(
      RoutingContext routing, String endpoint, Function<ApiRequest, Future<ApiAnswer>> handler) {
    Timer.Sample sample = Timer.start(meters);
    Context context = Vertx.currentContext();
    HttpServerResponse response = routing.response();
    List<Runnable> closers = new ArrayList<>();
    response.closeHandler(closed -> List.copyOf(closers).forEach(Runnable::run));
    RequestForm.read(routing.request(), maxBody)
        .map(parameters ->
            new ApiRequest(tenant(routing), routing.normalizedPath(), parameters, closers::add))
        .compose(handler)
        .onComplete(answer -> {
          closers.clear();
          if (response.closed() || response.ended()) {
            stop(sample, endpoint, "closed");
          } else if (answer.succeeded()) {
            response.putHeader("Content-Type", "application/json");
            AnswerPump.send(context, response, new AnswerBody(answer.result()))
                .onComplete(
                    sent -> stop(sample, endpoint, sent.succeeded() ? "success" : "closed"));
          } else {
            stop(sample, endpoint, fail(routing, answer.cause()));
          }
        });
  }

  /**
   * Sees a request to its end whose answer is not in the envelope. A failure is told as text, or by
   * closing the connection where the answer has begun.
   *
   * @param sent completes when the answer is handed to the connection
   */
  void serve(RoutingContext routing, String endpoint, Future<Void> sent) {
    Timer.Sample sample = Timer.start(meters);
    HttpServerResponse response = routing.response();
    sent.onComplete(done -> {
      if (done.succeeded()) {
        stop(sample, endpoint, "success");
      } else if (response.closed()) {
        stop(sample, endpoint, "closed");
      } else {
        stop(sample, endpoint, failText(routing, done.cause()));
      }
    });
  }

  /** The error type. */
  private static String failText(RoutingContext routing, Throwable failure) {
    ErrorCode code = code(routing, failure);
    if (routing.response().headWritten()) {
      routing.request().connection().close();
    } else {
      routing
          .response()
          .setChunked(false)
          .setStatusCode(code.httpStatus())
          .putHeader("Content-Type", "text/plain; charset=utf-8")
          .end(message(failure) + "\n");
    }
    return code.errorType();
  }

  /** What a failure is to the client; one that is unforeseen is logged. */
  public static ErrorCode code(RoutingContext routing, Throwable failure) {
    if (failure instanceof LookoutException known) {
      return known.code();
    }
    LOG.error("{} failed", routing.request().path(), failure);
    return ErrorCode.INTERNAL;
  }

  /** What went wrong unforeseen is in the log, not for strangers. */
  public static String message(Throwable failure) {
    String message = failure instanceof LookoutException ? failure.getMessage() : null;
    return message == null || message.isEmpty()
        ? "internal error: the log of this node says more"
        : message;
  }

  private void stop(Timer.Sample sample, String endpoint, String outcome) {
    sample.stop(
        Timer.builder("lookout.query.request.duration")
            .description("Requests of the query API, from their arrival to the end of the answer")
            .tag("endpoint", endpoint)
            .tag("outcome", outcome)
            .register(meters));
  }

  /** Whose series are asked for: header {@code X-Scope-OrgID}. */
  public static String tenant(RoutingContext routing) {
    String tenant = routing.request().getHeader(TENANT_HEADER);
    return tenant == null || tenant.isEmpty() ? SeriesKey.ANONYMOUS : tenant;
  }

  /** The error type. */
  static String fail(RoutingContext routing, Throwable failure) {
    ErrorCode code = code(routing, failure);
    return fail(routing, failure, code, code.httpStatus());
  }

  /** The same with a status that is not that of the error's type. */
  static void fail(RoutingContext routing, Throwable failure, int status) {
    fail(routing, failure, code(routing, failure), status);
  }

  private static String fail(
      RoutingContext routing, Throwable failure, ErrorCode code, int status) {
    JsonBytes body = new JsonBytes();
    body.raw("{\"status\":\"error\",\"errorType\":\"")
        .raw(code.errorType())
        .raw("\",\"error\":")
        .string(message(failure))
        .raw('}');
    routing
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(Buffer.buffer().appendBytes(body.array(), 0, body.size()));
    return code.errorType();
  }
}
