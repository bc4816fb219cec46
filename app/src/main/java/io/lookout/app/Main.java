package io.lookout.app;

import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** The entry point. Exit codes: 0 stopped as asked, 1 failed, 2 wrong options or settings. */
public final class Main {
  private static final int FAILED = 1;

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    int status = FAILED;
    try {
      status = commandLine().execute(args);
    } catch (Error e) {
      // Of itself only this thread would end, and others keep the process.
      LoggerFactory.getLogger(Main.class).error("Lookout failed", e);
    }
    System.exit(status);
  }

  static CommandLine commandLine() {
    return new CommandLine(new LookoutCommand()).setExecutionExceptionHandler(Failures::explain);
  }
}
