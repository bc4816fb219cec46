package io.lookout.ingest.http;

import io.vertx.core.buffer.Buffer;
import java.util.Map;

/**
 * What a sender is answered.
 *
 * @param type of the content; empty where there is none
 * @param trailers headers behind the body
 * @param outcome what the self-metrics count it as: the status, but for protocols that put their
 *     failures elsewhere
 */
public record Answer(
    int status,
    String type,
    Buffer body,
    Map<String, String> headers,
    Map<String, String> trailers,
    int outcome) {
  public static final String JSON = "application/json";
  public static final String TEXT = "text/plain; charset=utf-8";

  public Answer {
    headers = Map.copyOf(headers);
    trailers = Map.copyOf(trailers);
  }

  private Answer(int status, String type, Buffer body) {
    this(status, type, body, Map.of(), Map.of(), status);
  }

  public static Answer empty(int status) {
    return new Answer(status, "", Buffer.buffer());
  }

  public static Answer text(int status, String text) {
    return new Answer(status, TEXT, Buffer.buffer(text));
  }

  public static Answer json(int status, String json) {
    return new Answer(status, JSON, Buffer.buffer(json));
  }

  public static Answer of(int status, String type, byte[] body) {
    return new Answer(status, type, Buffer.buffer(body));
  }

  /** The same with one header more. */
  public Answer with(String header, String value) {
    Map<String, String> more = new java.util.HashMap<>(headers);
    more.put(header, value);
    return new Answer(status, type, body, more, trailers, outcome);
  }
}
