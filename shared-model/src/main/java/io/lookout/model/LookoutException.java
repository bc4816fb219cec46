package io.lookout.model;

/**
 * A failure with a cause that the asking side can be told: its code, and a message for a person.
 */
public class LookoutException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ErrorCode code;

  public LookoutException(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  public LookoutException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }
}
