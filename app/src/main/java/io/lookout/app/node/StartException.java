package io.lookout.app.node;

/** The node cannot start; the message says what an operator should do. */
public final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StartException(String message) {
    super(message);
  }

  StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
