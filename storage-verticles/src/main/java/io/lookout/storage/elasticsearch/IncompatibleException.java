package io.lookout.storage.elasticsearch;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;

/**
 * The engine, or what is in it under our name, is not what this version can work with: nothing was
 * touched, and asking again does not help before somebody has done what the message says.
 */
public final class IncompatibleException extends LookoutException {
  private static final long serialVersionUID = 1;

  IncompatibleException(String message) {
    super(ErrorCode.UNAVAILABLE, message);
  }
}
