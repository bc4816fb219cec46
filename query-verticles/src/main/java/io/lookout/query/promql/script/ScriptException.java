package io.lookout.query.promql.script;

/** A script that cannot be read. */
public final class ScriptException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean placed;

  ScriptException(String message) {
    super(message);
    placed = false;
  }

  private ScriptException(String message, ScriptException cause) {
    super(message, cause);
    placed = true;
  }

  /** The same with file and line, unless these are known already. */
  ScriptException at(String file, int line) {
    return placed ? this : new ScriptException(file + ":" + line + ": " + getMessage(), this);
  }
}
