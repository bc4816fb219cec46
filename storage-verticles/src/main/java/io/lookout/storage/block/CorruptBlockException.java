package io.lookout.storage.block;

/** A block document whose bytes are not what was written, or not a block at all. */
public final class CorruptBlockException extends Exception {
  private static final long serialVersionUID = 1;

  CorruptBlockException(String message) {
    super(message);
  }

  CorruptBlockException(String what, Throwable cause) {
    super(what + ": " + cause.getMessage(), cause);
  }
}
