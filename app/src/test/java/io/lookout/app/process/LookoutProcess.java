package io.lookout.app.process;

import static org.awaitility.Awaitility.await;

import io.lookout.app.repository.Repository;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The built jar, on loopback, on ports that were free. */
public final class LookoutProcess implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration TIME_TO_START = Duration.ofMinutes(2);
  private static final String BUILT = "app/target/lookout.jar";

  private final Process process;
  private final Path portFile;
  private final Path log;

  private LookoutProcess(Process process, Path portFile, Path log) {
    this.process = process;
    this.portFile = portFile;
    this.log = log;
  }

  /**
   * The classes that a node loads are kept for the next, which starts in half the time: for each
   * thread that tests, since two nodes could write the same file at the same time.
   */
  private static List<String> archived(Path jar) throws IOException {
    Path folder = Files.createDirectories(jar.resolveSibling("archives"));
    String name = ProcessHandle.current().pid() + "-" + Thread.currentThread().threadId() + ".jsa";
    Path archive = folder.resolve(name);
    archive.toFile().deleteOnExit();
    return List.of(
        "-XX:+AutoCreateSharedArchive",
        "-XX:SharedArchiveFile=" + archive,
        "-Xlog:cds=off",
        "-Xlog:cds+dynamic=off");
  }

  /**
   * Returns when the node is ready.
   *
   * @param directory for data, log and port file; what it holds from an earlier run is used
   * @param arguments of the command line, after those that choose ports and directory
   */
  public static LookoutProcess start(Path directory, String... arguments) throws IOException {
    Path jar = Repository.file(BUILT);
    return start(jar, archived(jar), directory, arguments);
  }

  /**
   * As above.
   *
   * @param jar a copy of the built one
   */
  public static LookoutProcess startOf(Path jar, Path directory, String... arguments)
      throws IOException {
    return start(jar, List.of(), directory, arguments);
  }

  private static LookoutProcess start(
      Path jar, List<String> options, Path directory, String... arguments) throws IOException {
    Files.createDirectories(directory);
    Path portFile = directory.resolve("ports");
    Files.deleteIfExists(portFile);
    Path log = directory.resolve("lookout.log");
    ProcessBuilder builder =
        new ProcessBuilder(command(jar, options, directory, portFile, arguments))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    // Settings of whoever runs the tests are not those of the test.
    builder.environment().keySet().removeIf(name -> name.startsWith("LOOKOUT_"));
    Process process = builder.start();
    LookoutProcess started = new LookoutProcess(process, portFile, log);
    await(log.toString()).atMost(TIME_TO_START).until(started::isReady);
    return started;
  }

  /** Copies the built jar. */
  public static void copyJar(Path to) throws IOException {
    Files.copy(Repository.file(BUILT), to);
  }

  /** As an upgrade that writes over the jar of a process that runs: no class comes from it then. */
  public static void overwrite(Path jar) throws IOException {
    try (FileChannel file =
        FileChannel.open(jar, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
      file.force(true);
    }
  }

  private static List<String> command(
      Path jar, List<String> options, Path directory, Path portFile, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(List.of("run", "--set", "gateway.listen=127.0.0.1:0"));
    if (!List.of(arguments).contains("--listen")) {
      command.addAll(List.of("--listen", "127.0.0.1:0"));
    }
    command.addAll(List.of("--data", directory.resolve("data").toString()));
    command.addAll(List.of("--port-file", portFile.toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private boolean isReady() throws IOException, InterruptedException {
    if (!process.isAlive()) {
      throw new AssertionError("it has ended:\n" + logged());
    }
    return Files.exists(portFile) && statusOf(url() + "/-/ready") == 200;
  }

  private static int statusOf(String url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return HTTP.send(request, BodyHandlers.discarding()).statusCode();
  }

  /** Of the main port, without a path. */
  public String url() {
    return "http://127.0.0.1:" + port("http");
  }

  private String port(String name) {
    Properties ports = new Properties();
    try (var reader = Files.newBufferedReader(portFile)) {
      ports.load(reader);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return ports.getProperty(name, "0");
  }

  public String logged() {
    return Repository.text(log);
  }

  /** As {@code kill -9}: no chance to flush anything. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** As {@code kill -HUP}: settings that can be read anew are. */
  public void hangUp() throws IOException {
    new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start().onExit().join();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The status that it ends with by itself. */
  public int awaitEnd() throws InterruptedException {
    if (!process.waitFor(TIME_TO_START.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("it has not ended:\n" + logged());
    }
    return process.exitValue();
  }

  /** As SIGTERM; the status that the process ended with. */
  public int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      kill();
      throw new AssertionError("it did not stop within 60 s:\n" + logged());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
  }
}
