package io.lookout.ingest.scrape.fetch;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

/** Collects the body of a response up to a limit. */
final class Bodies {
  private Bodies() {}

  /** Fails where the body of a 200 is too large, or the connection ends before the body does. */
  static Future<Received> read(HttpClientResponse response, long limit) {
    if (response.statusCode() != 200) {
      // What is left of the body is not read; that the stream is then reset is no news.
      response.exceptionHandler(reset -> {});
      response.request().reset();
      return Future.succeededFuture(received(response, Buffer.buffer()));
    }
    Promise<Received> promise = Promise.promise();
    Buffer body = Buffer.buffer();
    response
        .handler(chunk -> {
          if (body.length() + (long) chunk.length() > limit) {
            promise.tryFail(Fetcher.tooLarge());
          } else {
            body.appendBuffer(chunk);
          }
        })
        .exceptionHandler(promise::tryFail)
        .endHandler(end -> promise.tryComplete(received(response, body)));
    return promise.future();
  }

  private static Received received(HttpClientResponse response, Buffer body) {
    return new Received(response.statusCode(), response.statusMessage(), response.headers(), body);
  }
}
