package io.lookout.ingest.http;

import io.lookout.ingest.pipeline.Rejections;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How senders are answered: the one place where a cause becomes a status. A sender that speaks
 * remote write tries again on 5xx and gives its samples up on 4xx, 429 included; so whatever is not
 * the request's own fault is a 5xx.
 */
public final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  /** Seconds after which a sender that was turned away may come again. */
  private static final String RETRY_AFTER = "1";

  /** How long a sender that was answered early may go on sending before it is cut off. */
  private static final long PATIENCE_MILLIS = 1000;

  private final Vertx vertx;

  public Answers(Vertx vertx) {
    this.vertx = vertx;
  }

  static int status(ErrorCode code) {
    return switch (code) {
      case BAD_DATA -> 400;
      case TOO_LARGE -> 413;
      case UNSUPPORTED_MEDIA_TYPE -> 415;
      case TENANT_LIMIT -> 429;
      case UNAVAILABLE, TIMEOUT, CANCELED -> 503;
      case INTERNAL, EXECUTION, NOT_FOUND, NOT_ACCEPTABLE -> 500;
    };
  }

  /** 204, or 400 with what was refused; returns the status. */
  public int written(HttpServerRequest request, Rejections rejections) {
    return rejections.isEmpty()
        ? end(request, 204, "")
        : end(request, status(ErrorCode.BAD_DATA), rejections.text());
  }

  /** The answer to a failure; returns the status. */
  public int failed(HttpServerRequest request, Throwable failure) {
    if (!(failure instanceof LookoutException known)) {
      LOG.error("Unexpected failure of an ingest request", failure);
      return end(request, 500, "internal error: " + failure);
    }
    int status = status(known.code());
    if (status == 503 || status == 429) {
      request.response().putHeader("Retry-After", RETRY_AFTER);
    }
    return end(request, status, String.valueOf(known.getMessage()));
  }

  /** The answer to a failure, in the words of a protocol; returns the status. */
  int failed(HttpServerRequest request, Throwable failure, Reply reply) {
    if (failure instanceof LookoutException known) {
      int status = status(known.code());
      Answer answer = reply.failed(status, String.valueOf(known.getMessage()));
      boolean later = status == 503 || status == 429;
      return send(request, later ? answer.with("Retry-After", RETRY_AFTER) : answer);
    }
    LOG.error("Unexpected failure of an ingest request", failure);
    return send(request, reply.failed(500, "internal error: " + failure));
  }

  private int end(HttpServerRequest request, int status, String text) {
    return send(request, text.isEmpty() ? Answer.empty(status) : Answer.text(status, text + "\n"));
  }

  /** Sends an answer, unless nobody waits for it any more; returns what to count it as. */
  int send(HttpServerRequest request, Answer answer) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return answer.outcome();
    }
    if (!request.isEnded()) {
      discardRest(request);
    }
    response.setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    answer.trailers().forEach(response::putTrailer);
    if (answer.type().isEmpty()) {
      response.end();
    } else {
      response.putHeader("Content-Type", answer.type());
      response.putHeader("X-Content-Type-Options", "nosniff");
      response.end(answer.body());
    }
    return answer.outcome();
  }

  /**
   * Closing at once, with bytes unread, would reset the connection, and the sender might never see
   * the answer. So what still comes is read and dropped for a moment.
   */
  private void discardRest(HttpServerRequest request) {
    long timer = vertx.setTimer(PATIENCE_MILLIS, id -> cutOff(request));
    request
        .handler(chunk -> {})
        .endHandler(end -> vertx.cancelTimer(timer))
        .exceptionHandler(gone -> vertx.cancelTimer(timer))
        .resume();
  }

  private static void cutOff(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset();
    } else {
      request.connection().close();
    }
  }
}
