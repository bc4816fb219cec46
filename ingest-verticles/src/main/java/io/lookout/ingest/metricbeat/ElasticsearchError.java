package io.lookout.ingest.metricbeat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/** A failure of a whole request, as Elasticsearch words it. */
final class ElasticsearchError {
  private ElasticsearchError() {}

  static byte[] json(int status, String reason) {
    String type =
        switch (status) {
          case 400 -> "illegal_argument_exception";
          case 404 -> "resource_not_found_exception";
          case 405 -> "method_not_allowed_exception";
          case 413 -> "content_too_long_exception";
          case 415 -> "media_type_header_exception";
          case 429 -> "es_rejected_execution_exception";
          case 503 -> "unavailable_shards_exception";
          default -> "exception";
        };
    JsonObject cause = new JsonObject().put("type", type).put("reason", reason);
    JsonObject error =
        new JsonObject()
            .put("root_cause", new JsonArray().add(cause))
            .put("type", type)
            .put("reason", reason);
    return new JsonObject()
        .put("error", error)
        .put("status", status)
        .encode()
        .getBytes(StandardCharsets.UTF_8);
  }
}
