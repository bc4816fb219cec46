package io.lookout.ingest.tcp;

import io.vertx.core.Future;

/** What a protocol does with the messages of one connection. Stays on its event loop. */
@FunctionalInterface
public interface Conversation {
  /**
   * Takes whole messages, {@code bytes[0..length)}: all that have arrived. Nothing more is read
   * from the connection until the answer is there, and the bytes stay as they are until then.
   *
   * @return what to say; a failure closes the connection
   */
  Future<TcpReply> take(byte[] bytes, int length);
}
