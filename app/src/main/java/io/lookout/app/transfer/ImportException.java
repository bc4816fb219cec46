package io.lookout.app.transfer;

/** Why an import ended early: its message says where and what to do. */
final class ImportException extends Exception {
  private static final long serialVersionUID = 1;

  ImportException(String message) {
    super(message);
  }
}
