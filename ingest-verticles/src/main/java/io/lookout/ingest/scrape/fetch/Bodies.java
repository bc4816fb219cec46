package io.lookout.ingest.scrape.fetch;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

/** Collects the body of a response up to a limit. */
final class Bodies {
  private Bodies() {}

  /** Fails where it is larger, or the connection ends before the body does. */
  static Future<Buffer> read(HttpClientResponse response, long limit) {
    Promise<Buffer> promise = Promise.promise();
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
        .endHandler(end -> promise.tryComplete(body));
    return promise.future();
  }
}
