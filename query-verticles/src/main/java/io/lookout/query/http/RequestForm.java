package io.lookout.query.http;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Reads the parameters of a request, from its URL and from its form. */
public final class RequestForm {
  private static final Set<HttpMethod> WITH_BODY =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

  private RequestForm() {}

  /**
   * Must be called in the turn of the event loop that the request came in.
   *
   * @return fails with {@link LookoutException} for what cannot be read or is too long
   */
  static Future<Parameters> read(HttpServerRequest request, long maxBytes) {
    String query = request.query() == null ? "" : request.query();
    if (!WITH_BODY.contains(request.method())) {
      return Future.succeededFuture(Parameters.of("", query));
    }
    String type = String.valueOf(request.getHeader("Content-Type")).split(";", 2)[0].strip();
    boolean form = type.toLowerCase(Locale.ROOT).equals("application/x-www-form-urlencoded");
    return body(request, maxBytes)
        .map(body -> Parameters.of(form ? body.toString(StandardCharsets.UTF_8) : "", query));
  }

  /** The whole body, under the same conditions. */
  public static Future<Buffer> body(HttpServerRequest request, long maxBytes) {
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    request.handler(part -> {
      if (body.length() + part.length() <= maxBytes) {
        body.appendBuffer(part);
      } else {
        whole.tryFail(
            new LookoutException(
                ErrorCode.TOO_LARGE,
                "the body is longer than query.body.max (" + maxBytes + ") bytes"));
      }
    });
    request.exceptionHandler(whole::tryFail);
    request.endHandler(end -> whole.tryComplete(body));
    return whole.future();
  }
}
