package io.lookout.cluster.http;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is answered where no endpoint answers: text, as Prometheus has it. Where one fails without
 * an answer of its own, it is JSON in the shape of Prometheus below {@code /api/}, a line of text
 * elsewhere.
 */
final class ErrorPages {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorPages.class);

  private ErrorPages() {}

  static void install(Router router) {
    router.errorHandler(404, context -> notFound(context, router));
    router.errorHandler(405, context -> notAllowed(context, router));
    router.errorHandler(400, ErrorPages::malformed);
    router.errorHandler(500, ErrorPages::failed);
  }

  private static void malformed(RoutingContext context) {
    CorsEndpoint.withdraw(context);
    context
        .response()
        .setStatusCode(400)
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .end("400 Bad Request");
  }

  private static void notFound(RoutingContext context, Router router) {
    // Of the server as a whole: there is no such path.
    if (isOptions(context) && "*".equals(context.request().uri())) {
      context.response().end();
    } else if (isOptions(context)) {
      notAllowed(context, router);
    } else {
      text(context, 404, "404 page not found\n");
    }
  }

  private static boolean isOptions(RoutingContext context) {
    return context.request().method().equals(HttpMethod.OPTIONS);
  }

  /** {@code OPTIONS} is asked for the header alone, and so is no mistake. */
  private static void notAllowed(RoutingContext context, Router router) {
    String allowed = AllowedMethods.at(context.normalizedPath(), router);
    if (allowed.isEmpty()) {
      text(context, 404, "404 page not found\n");
      return;
    }
    context.response().putHeader("Allow", allowed);
    if (isOptions(context)) {
      context.response().end();
    } else {
      text(context, 405, "Method Not Allowed\n");
    }
  }

  private static void text(RoutingContext context, int status, String text) {
    CorsEndpoint.withdraw(context);
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .putHeader("X-Content-Type-Options", "nosniff")
        .end(text);
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
