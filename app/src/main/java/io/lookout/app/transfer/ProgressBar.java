package io.lookout.app.transfer;

import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/** A line that tells how far something is: one that grows on a terminal, some lines in a file. */
final class ProgressBar {
  private static final int WIDTH = 30;

  private final PrintWriter out;
  private final boolean terminal = Ansi.AUTO.enabled();
  private int shown = -1;

  ProgressBar(PrintWriter out) {
    this.out = out;
  }

  /**
   * Shows it, where it has changed.
   *
   * @param fraction 0 to 1
   */
  void show(double fraction, long samples) {
    int percent = (int) (100 * Math.clamp(fraction, 0, 1));
    if (percent == shown) {
      return;
    }
    shown = percent;
    int full = percent * WIDTH / 100;
    out.printf(
        "%s[%s%s] %3d %%  %d samples%s",
        terminal ? "\r" : "",
        "=".repeat(full),
        " ".repeat(WIDTH - full),
        percent,
        samples,
        terminal ? "" : System.lineSeparator());
    out.flush();
  }

  /** Nothing more follows on the line. */
  void end() {
    if (terminal && shown >= 0) {
      out.println();
    }
    out.flush();
  }
}
