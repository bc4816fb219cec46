package io.lookout.cluster.http;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is answered where no endpoint answers, or one fails without an answer of its own: JSON in
 * the shape of Prometheus below {@code /api/}, a line of text elsewhere.
 */
final class ErrorPages {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorPages.class);

  private ErrorPages() {}

  static void install(Router router) {
    router.errorHandler(404, context -> answer(context, 404, "not_found", "404 page not found"));
    router.errorHandler(
        405,
        context ->
            answer(
                context,
                405,
                "bad_data",
                "method " + context.request().method() + " is not allowed here"));
    router.errorHandler(400, context -> answer(context, 400, "bad_data", "bad request"));
    router.errorHandler(500, ErrorPages::failed);
  }

  private static void failed(RoutingContext context) {
    @Nullable Throwable failure = context.failure();
    if (failure instanceof LookoutException known) {
      ErrorCode code = known.code();
      answer(context, code.httpStatus(), code.errorType(), String.valueOf(known.getMessage()));
      return;
    }
    LOG.error("{} {} failed", context.request().method(), context.request().path(), failure);
    answer(
        context,
        500,
        ErrorCode.INTERNAL.errorType(),
        "internal error: the log of this node says more");
  }

  private static void answer(RoutingContext context, int status, String errorType, String error) {
    if (context.response().headWritten()) {
      // Too late for a status: ending the connection tells the client that the body is not whole.
      context.request().connection().close();
      return;
    }
    boolean api = String.valueOf(context.request().path()).startsWith("/api/");
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", api ? "application/json" : "text/plain; charset=utf-8")
        .end(api ? json(errorType, error) : error + "\n");
  }

  /** Answers what is no HTTP request, or one that is too long to be read. */
  static void refuse(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    int status = 400;
    String error = "malformed HTTP request";
    if (cause instanceof TooLongHttpLineException) {
      status = 414;
      error = "the URL is too long: send the parameters as a form by POST";
    } else if (cause instanceof TooLongHttpHeaderException) {
      status = 431;
      error = "the headers of the request are too long";
    }
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(json("bad_data", error))
        .onComplete(sent -> request.connection().close());
  }

  private static String json(String errorType, String error) {
    return new JsonObject()
        .put("status", "error")
        .put("errorType", errorType)
        .put("error", error)
        .encode();
  }
}
