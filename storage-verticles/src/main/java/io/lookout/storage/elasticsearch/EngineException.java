package io.lookout.storage.elasticsearch;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;

/** The engine could not be asked, or has not done what it was asked. */
final class EngineException extends LookoutException {
  private static final long serialVersionUID = 1;

  /** Of the answer; 0 where there was none. */
  private final int status;

  EngineException(String message) {
    super(ErrorCode.UNAVAILABLE, "the block store: " + message);
    status = 0;
  }

  EngineException(String message, Throwable cause) {
    super(ErrorCode.UNAVAILABLE, "the block store: " + message, cause);
    status = 0;
  }

  EngineException(EngineRequest request, EngineResponse response) {
    super(
        ErrorCode.UNAVAILABLE,
        "the block store: "
            + request
            + " was answered with "
            + response.status()
            + ": "
            + response.reason());
    status = response.status();
  }

  int status() {
    return status;
  }
}
