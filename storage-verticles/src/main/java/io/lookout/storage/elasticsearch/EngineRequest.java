package io.lookout.storage.elasticsearch;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

/**
 * What the engine is asked. Every request may be sent twice without harm, but for a page of a
 * scroll.
 *
 * @param path with its parameters, from the first slash
 * @param answer the form that the answer is to have
 * @param repeatable whether it may be sent again when no answer has come
 */
record EngineRequest(
    HttpMethod method, String path, Buffer body, Form form, Form answer, boolean repeatable) {
  /** How a body is written. */
  enum Form {
    JSON("application/json"),
    /** Binary JSON: binaries as they are, without base64. */
    SMILE("application/smile");

    final String contentType;

    Form(String contentType) {
      this.contentType = contentType;
    }
  }

  private static final Buffer NOTHING = Buffer.buffer();

  static EngineRequest get(String path) {
    return json(HttpMethod.GET, path, NOTHING);
  }

  static EngineRequest post(String path) {
    return json(HttpMethod.POST, path, NOTHING);
  }

  static EngineRequest post(String path, JsonObject body) {
    return json(HttpMethod.POST, path, body.toBuffer());
  }

  static EngineRequest put(String path, JsonObject body) {
    return json(HttpMethod.PUT, path, body.toBuffer());
  }

  static EngineRequest delete(String path) {
    return json(HttpMethod.DELETE, path, NOTHING);
  }

  static EngineRequest delete(String path, JsonObject body) {
    return json(HttpMethod.DELETE, path, body.toBuffer());
  }

  private static EngineRequest json(HttpMethod method, String path, Buffer body) {
    return new EngineRequest(method, path, body, Form.JSON, Form.JSON, true);
  }

  EngineRequest answeredInSmile() {
    return new EngineRequest(method, path, body, form, Form.SMILE, repeatable);
  }

  EngineRequest sentOnce() {
    return new EngineRequest(method, path, body, form, answer, false);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
