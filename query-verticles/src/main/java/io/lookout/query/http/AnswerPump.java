package io.lookout.query.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/**
 * Sends a body a part at a time, and makes the next part only when the connection can take it: a
 * slow reader costs a buffer, not the answer. Between parts the event loop serves others.
 */
final class AnswerPump {
  private final Context context;
  private final HttpServerResponse response;
  private final AnswerBody body;
  private final JsonBytes part = new JsonBytes();
  private final Promise<Void> done = Promise.promise();

  private AnswerPump(Context context, HttpServerResponse response, AnswerBody body) {
    this.context = context;
    this.response = response;
    this.body = body;
  }

  /** Completes when all is handed to the connection; fails where that has gone. */
  static Future<Void> send(Context context, HttpServerResponse response, AnswerBody body) {
    AnswerPump pump = new AnswerPump(context, response, body);
    pump.first();
    return pump.done.future();
  }

  private void first() {
    if (!body.write(part)) {
      // Small enough to be sent with its length.
      response.end(taken()).onComplete(done);
      return;
    }
    response.setChunked(true);
    response.exceptionHandler(done::tryFail);
    response.closeHandler(closed -> done.tryFail("the connection was closed"));
    response.write(taken());
    next();
  }

  private void next() {
    if (done.future().isComplete()) {
      return;
    }
    if (response.writeQueueFull()) {
      response.drainHandler(drained -> context.runOnContext(here -> onward()));
    } else {
      context.runOnContext(here -> onward());
    }
  }

  private void onward() {
    if (done.future().isComplete()) {
      return;
    }
    boolean more = body.write(part);
    if (more) {
      response.write(taken());
      next();
    } else {
      response
          .end(taken())
          .onComplete(ended -> {
            if (ended.succeeded()) {
              done.tryComplete();
            } else {
              done.tryFail(ended.cause());
            }
          });
    }
  }

  private Buffer taken() {
    Buffer buffer = Buffer.buffer(part.size()).appendBytes(part.array(), 0, part.size());
    part.clear();
    return buffer;
  }
}
