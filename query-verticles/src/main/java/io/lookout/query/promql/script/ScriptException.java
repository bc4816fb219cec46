package io.lookout.query.promql.script;

/** A script that cannot be read. */
public final class ScriptException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ScriptException(String message) {
    super(message);
  }

  ScriptException(String file, int line, String message) {
    super(file + ":" + line + ": " + message);
  }
}
