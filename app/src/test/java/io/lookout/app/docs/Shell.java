package io.lookout.app.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Runs what a reader would paste, as bash does, and ends at the first command that fails. */
final class Shell {
  private Shell() {}

  static String run(String commands) throws IOException {
    Process process =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.onExit().join().exitValue();
    if (status != 0) {
      throw new AssertionError("status " + status + " of\n" + commands + output);
    }
    return output;
  }
}
