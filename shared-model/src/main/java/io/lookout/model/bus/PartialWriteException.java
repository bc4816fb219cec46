package io.lookout.model.bus;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;

/** A batch is durable in part: some of its shards have failed. Everything is to be sent again. */
public final class PartialWriteException extends LookoutException {
  private static final long serialVersionUID = 1;

  private final transient WriteResult written;

  /**
   * @param written by the shards that have not failed
   * @param cause of the first that has
   */
  public PartialWriteException(ErrorCode code, WriteResult written, Throwable cause) {
    super(code, String.valueOf(cause.getMessage()), cause);
    this.written = written;
  }

  public WriteResult written() {
    return written;
  }
}
