package io.lookout.app.prometheus;

import static org.awaitility.Awaitility.await;

import io.lookout.app.repository.Repository;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server of another project that the test has started, on loopback. */
record Daemon(Process process, int port, Path log) implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Prometheus with this configuration, its data below the directory. */
  static Daemon prometheus(Path directory, int port, String configuration) throws IOException {
    return prometheus(directory, port, configuration, Binaries.PROMETHEUS);
  }

  /** The same of another binary, or with further options. */
  static Daemon prometheus(
      Path directory, int port, String configuration, String binary, String... options)
      throws IOException {
    Path file = Files.writeString(directory.resolve("prometheus.yml"), configuration);
    List<String> command = new ArrayList<>();
    command.add(binary);
    command.add("--config.file=" + file);
    command.add("--storage.tsdb.path=" + directory.resolve("prometheus"));
    command.add("--web.listen-address=127.0.0.1:" + port);
    command.addAll(List.of(options));
    return start(directory.resolve("prometheus.log"), port, command.toArray(new String[0]))
        .awaitAnswer("/-/ready");
  }

  static Daemon nodeExporter(Path directory, int port) throws IOException {
    return start(
            directory.resolve("node-exporter.log"),
            port,
            Binaries.NODE_EXPORTER,
            "--web.listen-address=127.0.0.1:" + port)
        .awaitAnswer("/metrics");
  }

  private static Daemon start(Path log, int port, String... command) throws IOException {
    Process process =
        new ProcessBuilder(List.of(command))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new Daemon(process, port, log);
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  String logged() {
    return Repository.text(log);
  }

  private Daemon awaitAnswer(String path) {
    await(log.toString()).atMost(Duration.ofSeconds(60)).until(() -> answers(path));
    return this;
  }

  private boolean answers(String path) throws InterruptedException {
    if (!process.isAlive()) {
      throw new AssertionError("it has ended: " + logged());
    }
    HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path)).build();
    try {
      return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notListeningYet) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
