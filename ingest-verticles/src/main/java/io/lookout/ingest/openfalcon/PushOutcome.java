package io.lookout.ingest.openfalcon;

import io.vertx.core.json.JsonObject;

/**
 * What transfer says of a push.
 *
 * @param total items in it
 * @param invalid of these, those that were refused
 */
record PushOutcome(int total, int invalid, long latencyMillis) {
  JsonObject json() {
    return new JsonObject()
        .put("Message", "ok")
        .put("Total", total)
        .put("Invalid", invalid)
        .put("Latency", latencyMillis);
  }
}
