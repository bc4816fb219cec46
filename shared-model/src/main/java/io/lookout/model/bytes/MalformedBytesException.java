package io.lookout.model.bytes;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;

/** Bytes that no writer of Lookout has written: cut short, damaged, or hostile. */
public final class MalformedBytesException extends LookoutException {
  private static final long serialVersionUID = 1;

  public MalformedBytesException(String message) {
    super(ErrorCode.BAD_DATA, message);
  }
}
