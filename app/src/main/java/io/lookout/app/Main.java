package io.lookout.app;

import picocli.CommandLine;

/** The entry point. Exit codes: 0 stopped as asked, 1 failed, 2 wrong options or settings. */
public final class Main {
  private static final int FAILED = 1;

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  @SuppressWarnings("CatchAndPrintStackTrace") // Without the classes of the log there is no log.
  public static void main(String[] args) {
    int status = FAILED;
    try {
      status = commandLine().execute(args);
    } catch (Error e) {
      // Without the exit only this thread would end.
      e.printStackTrace();
    } finally {
      System.exit(status);
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new LookoutCommand()).setExecutionExceptionHandler(Failures::explain);
  }
}
