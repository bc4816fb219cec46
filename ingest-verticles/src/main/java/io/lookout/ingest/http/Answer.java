package io.lookout.ingest.http;

import io.vertx.core.buffer.Buffer;
import java.util.Map;

/**
 * What a sender is answered.
 *
 * @param type of the content; empty where there is none
 */
public record Answer(int status, String type, Buffer body, Map<String, String> headers) {
  public static final String JSON = "application/json";
  public static final String TEXT = "text/plain; charset=utf-8";

  public Answer {
    headers = Map.copyOf(headers);
  }

  public static Answer empty(int status) {
    return new Answer(status, "", Buffer.buffer(), Map.of());
  }

  public static Answer text(int status, String text) {
    return new Answer(status, TEXT, Buffer.buffer(text), Map.of());
  }

  public static Answer json(int status, String json) {
    return new Answer(status, JSON, Buffer.buffer(json), Map.of());
  }

  public static Answer of(int status, String type, byte[] body) {
    return new Answer(status, type, Buffer.buffer(body), Map.of());
  }

  /** The same with one header more. */
  public Answer with(String header, String value) {
    Map<String, String> more = new java.util.HashMap<>(headers);
    more.put(header, value);
    return new Answer(status, type, body, more);
  }
}
