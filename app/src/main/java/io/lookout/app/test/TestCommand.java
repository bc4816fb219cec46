package io.lookout.app.test;

import io.lookout.query.promql.script.ScriptException;
import io.lookout.query.promql.script.ScriptRunner;
import io.lookout.query.promql.script.ScriptRunner.Report;
import io.lookout.query.promql.script.ScriptStorage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs test scripts. */
@Command(
    name = "test",
    description = "Runs test scripts, without starting a node.",
    mixinStandardHelpOptions = true)
public final class TestCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Say what to test: promql FILE-OR-DIR...");
  }

  /** Exit code 0 when everything passed, 1 when something failed or could not be read. */
  @Command(
      name = "promql",
      description =
          "Runs scripts in Prometheus's test language against a head in a temporary directory, or"
              + " against a started instance.",
      mixinStandardHelpOptions = true)
  int promql(
      @Parameters(
              arity = "1..*",
              paramLabel = "FILE-OR-DIR",
              description = "Scripts, or directories with files that end in .test.")
          List<Path> paths,
      @Option(
              names = "--further-forms",
              description =
                  "Run each instant query also as the middle step of a range query, and with @ on"
                      + " its selectors at other times.")
          boolean furtherForms,
      @Option(
              names = "--through-http",
              paramLabel = "URL",
              description =
                  "Write to this instance by remote write and ask its query API; its data of other"
                      + " tenants are not touched.")
          @Nullable URI instance)
      throws IOException {
    if (instance != null) {
      try (HttpStorage storage =
          new HttpStorage(instance, "script-" + Long.toHexString(System.nanoTime()))) {
        return run(paths, furtherForms, storage, storage::advice);
      }
    }
    Path directory = Files.createTempDirectory("lookout-test");
    try (ScriptStorage storage = new HeadStorage(directory)) {
      return run(paths, furtherForms, storage, () -> "");
    } finally {
      delete(directory);
    }
  }

  /**
   * @param advice what may be the reason where something fails; empty where nothing is known
   */
  private int run(
      List<Path> paths, boolean furtherForms, ScriptStorage storage, Supplier<String> advice)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    return run(scripts(paths), new ScriptRunner(storage, furtherForms), advice, out) == 0 ? 0 : 1;
  }

  private static int run(
      List<Path> scripts, ScriptRunner runner, Supplier<String> advice, PrintWriter out)
      throws IOException {
    int passed = 0;
    int failed = 0;
    for (Path script : scripts) {
      try {
        Report report = runner.run(script.toString(), Files.readString(script));
        report.failures().forEach(out::println);
        passed += report.passed();
        failed += report.failures().size();
      } catch (ScriptException e) {
        out.println(e.getMessage());
        failed++;
      } catch (UncheckedIOException e) {
        out.println(script + ": " + e.getMessage());
        failed++;
      }
    }
    String hint = failed == 0 ? "" : advice.get();
    if (!hint.isEmpty()) {
      out.println(hint);
    }
    out.println(passed + " passed, " + failed + " failed");
    out.flush();
    return failed;
  }

  private static List<Path> scripts(List<Path> paths) throws IOException {
    List<Path> scripts = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.isDirectory(path)) {
        scripts.add(path);
        continue;
      }
      try (Stream<Path> files = Files.walk(path)) {
        files.filter(file -> file.toString().endsWith(".test")).sorted().forEach(scripts::add);
      }
    }
    return scripts;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
