package io.lookout.storage.elasticsearch;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;

/**
 * What the engine has answered.
 *
 * @param isElasticsearch whether it says so: Elasticsearch does since 7.14
 */
record EngineResponse(int status, boolean isElasticsearch, Buffer body) {
  private static final int LONGEST_REASON = 300;

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** Whether the same request may succeed later. */
  boolean isOverload() {
    return isOverload(status);
  }

  /** 429, and what proxies and nodes say that are in trouble. */
  static boolean isOverload(int status) {
    return status == 429 || status >= 500;
  }

  /**
   * @throws EngineException where the body is no JSON object
   */
  JsonObject json() {
    try {
      return Tree.object(body);
    } catch (IOException e) {
      throw new EngineException("it answered with something that is no JSON: " + beginning(), e);
    }
  }

  /** The engine's own words on what is wrong, on one line. */
  String reason() {
    try {
      Object error = Tree.object(body).getValue("error");
      if (error instanceof JsonObject details) {
        return details.getValue("type") + ": " + shortened(details.getValue("reason") + "");
      }
      return error == null ? beginning() : shortened(error.toString());
    } catch (IOException e) {
      return beginning();
    }
  }

  private String beginning() {
    return shortened(body.getString(0, Math.min(body.length(), LONGEST_REASON)));
  }

  private static String shortened(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
  }
}
