package io.lookout.app;

import picocli.CommandLine;

/** The entry point. Exit codes: 0 stopped as asked, 1 failed, 2 wrong options or settings. */
public final class Main {
  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new LookoutCommand()).setExecutionExceptionHandler(Failures::explain);
  }
}
