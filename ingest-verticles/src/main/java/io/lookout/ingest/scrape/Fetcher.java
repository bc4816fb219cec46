package io.lookout.ingest.scrape;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.TimeUnit;

/** Gets what a target exposes. */
final class Fetcher {
  private static final String ACCEPT = "text/plain;version=0.0.4;q=1,*/*;q=0.1";

  private final HttpClient client;

  Fetcher(HttpClient client) {
    this.client = client;
  }

  /** The body of a 200; fails with words that say what was got instead. */
  Future<Buffer> fetch(Target target) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(target.url().toString())
            .putHeader("Accept", ACCEPT)
            .putHeader("User-Agent", "Lookout")
            .putHeader("X-Prometheus-Scrape-Timeout-Seconds", seconds(target));
    return client
        .request(options)
        .compose(request ->
            request
                .send()
                .compose(response -> body(response, target.bodyLimit()))
                .timeout(target.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> request.reset()))
        .timeout(target.timeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  private static String seconds(Target target) {
    return Double.toString(target.timeout().toMillis() / 1000.0);
  }

  private static Future<Buffer> body(HttpClientResponse response, int limit) {
    if (response.statusCode() != 200) {
      // What is left of the body is not read; that the stream is then reset is no news.
      response.exceptionHandler(reset -> {});
      return Future.failedFuture(
          new LookoutException(
              ErrorCode.UNAVAILABLE, "server returned HTTP status " + response.statusCode()));
    }
    Promise<Buffer> promise = Promise.promise();
    Buffer body = Buffer.buffer();
    response
        .handler(chunk -> {
          if (body.length() + chunk.length() > limit) {
            promise.tryFail(
                new LookoutException(ErrorCode.TOO_LARGE, "body is larger than " + limit));
          } else {
            body.appendBuffer(chunk);
          }
        })
        .exceptionHandler(promise::tryFail)
        .endHandler(end -> promise.tryComplete(body));
    return promise.future();
  }
}
