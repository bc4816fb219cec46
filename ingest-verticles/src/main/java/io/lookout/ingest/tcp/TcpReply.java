package io.lookout.ingest.tcp;

import io.vertx.core.buffer.Buffer;

/**
 * What is sent back.
 *
 * @param bytes empty for nothing
 * @param close whether the connection ends with it
 */
public record TcpReply(Buffer bytes, boolean close) {
  /** Says nothing and goes on. */
  public static final TcpReply NONE = new TcpReply(Buffer.buffer(), false);

  /** Says this and goes on. */
  public static TcpReply of(String text) {
    return new TcpReply(Buffer.buffer(text), false);
  }

  /** Says this and closes. */
  public static TcpReply last(String text) {
    return new TcpReply(Buffer.buffer(text), true);
  }
}
