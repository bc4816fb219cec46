package io.lookout.ingest.tcp;

/** Finds where messages end in a stream of bytes. One object a connection; not thread-safe. */
public interface Framing {
  /** What {@link #end} says where no message ends. */
  int NONE = -1;

  /**
   * Looks at bytes that have arrived, each of them once, in order.
   *
   * @return behind the last message that ends in {@code bytes[from..to)}, or {@link #NONE}
   */
  int end(byte[] bytes, int from, int to);

  /** Messages are lines: they end with a line feed. */
  static Framing lines() {
    return (bytes, from, to) -> {
      for (int i = to - 1; i >= from; i--) {
        if (bytes[i] == '\n') {
          return i + 1;
        }
      }
      return NONE;
    };
  }
}
