package io.lookout.storage.elasticsearch;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Makes searchable what has been put. A refresh takes in all that was put before it began, so those
 * who come while one is under way share the next. Thread-safe.
 */
final class Refreshes {
  private final EngineClient client;
  private final EngineRequest request;
  private boolean underWay;
  private @Nullable Promise<Void> next;

  Refreshes(EngineClient client, String index) {
    this.client = client;
    this.request = EngineRequest.post("/" + index + "/_refresh");
  }

  /** Completes when all that was put before the call is searchable. */
  Future<Void> refresh() {
    Promise<Void> promise;
    synchronized (this) {
      if (underWay) {
        if (next == null) {
          next = Promise.promise();
        }
        return next.future();
      }
      underWay = true;
      promise = Promise.promise();
    }
    begin(promise);
    return promise.future();
  }

  private void begin(Promise<Void> promise) {
    client
        .json(request)
        .map(Refreshes::checked)
        .onComplete(done -> {
          Promise<Void> waiting = following();
          if (waiting != null) {
            begin(waiting);
          }
          promise.handle(done);
        });
  }

  private synchronized @Nullable Promise<Void> following() {
    Promise<Void> waiting = next;
    next = null;
    underWay = waiting != null;
    return waiting;
  }

  private static @Nullable Void checked(JsonObject answer) {
    JsonObject shards = answer.getJsonObject("_shards", new JsonObject());
    if (shards.getInteger("failed", 0) > 0 || shards.getInteger("successful", 0) < 1) {
      throw new EngineException("a refresh has not reached all shards: " + shards.encode());
    }
    return null;
  }
}
