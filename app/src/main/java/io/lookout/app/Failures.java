package io.lookout.app;

import io.lookout.app.node.StartException;
import io.lookout.cluster.http.ListenException;
import io.lookout.cluster.settings.SettingsException;
import io.lookout.model.LookoutException;
import java.io.PrintWriter;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** What an operator reads when a command fails: what is wrong and what to do, without a stack. */
final class Failures {
  private static final int FAILED = 1;
  private static final int WRONG_SETTINGS = 2;

  private Failures() {}

  static int explain(Exception failure, CommandLine commandLine, ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    return switch (failure) {
      case SettingsException wrong -> {
        wrong.problems().forEach(problem -> err.println("lookout: " + problem));
        yield WRONG_SETTINGS;
      }
      case StartException known -> failed(err, known);
      case ListenException known -> failed(err, known);
      case LookoutException known -> failed(err, known);
      default -> {
        LoggerFactory.getLogger(Failures.class).error("Lookout failed", failure);
        yield FAILED;
      }
    };
  }

  private static int failed(PrintWriter err, Exception known) {
    err.println("lookout: " + known.getMessage());
    return FAILED;
  }
}
