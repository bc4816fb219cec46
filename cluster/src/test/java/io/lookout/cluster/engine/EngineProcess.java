package io.lookout.cluster.engine;

import io.lookout.cluster.FreePort;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * One node of a search engine on loopback, with a directory of its own and a heap of 512 MiB. It
 * can be killed and started again on the same port, with what it had on disk.
 */
public final class EngineProcess implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Path engine;
  private final Path home;
  private final int port;
  private Process process;

  private EngineProcess(Path engine, Path home, int port, Process process) {
    this.engine = engine;
    this.home = home;
    this.port = port;
    this.process = process;
  }

  /** Starts one of the {@link Engines}; returns when it answers. */
  public static EngineProcess start(Path engine) {
    try {
      Path home = Files.createTempDirectory("lookout-engine");
      EngineLayout.prepare(engine, home);
      int port = FreePort.find();
      EngineProcess started =
          new EngineProcess(engine, home, port, EngineLayout.launch(engine, home, port));
      Runtime.getRuntime().addShutdownHook(new Thread(started::close));
      started.awaitAnswers();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitAnswers() {
    Awaitility.await(engine + " to answer; its log is in " + home)
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(250))
        .until(() -> {
          if (!process.isAlive()) {
            throw new IllegalStateException(
                engine + " has ended: " + Files.readString(home.resolve("out.log")));
          }
          return isUp();
        });
  }

  private boolean isUp() {
    try {
      return status("GET", "/_cluster/health?wait_for_status=yellow&timeout=1s", "") == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  /** The process that does the work: some engines are started by another. */
  public ProcessHandle worker() {
    return process
        .descendants()
        .filter(child -> child.info().command().map(c -> c.endsWith("java")).orElse(false))
        .reduce((first, last) -> last)
        .orElse(process.toHandle());
  }

  /** As the system kills when memory is short: without a farewell. */
  public void kill() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    try {
      for (ProcessHandle each : all) {
        each.onExit().get(1, TimeUnit.MINUTES);
      }
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException(engine + " does not die", e);
    }
  }

  /** Starts it again after a kill, without waiting for it. */
  public void restart() {
    try {
      process = EngineLayout.launch(engine, home, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void restartAndAwait() {
    restart();
    awaitAnswers();
  }

  /** The status of the answer; a body is sent as JSON. */
  public int status(String method, String path, String body) {
    return send(method, path, body).statusCode();
  }

  public JsonObject json(String method, String path, String body) {
    HttpResponse<String> response = send(method, path, body);
    if (response.statusCode() >= 300) {
      throw new IllegalStateException(method + " " + path + ": " + response.body());
    }
    return new JsonObject(response.body());
  }

  private HttpResponse<String> send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofMinutes(1))
            .build();
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** CPU time that the engine has used so far. */
  public Optional<Duration> cpu() {
    return worker().info().totalCpuDuration();
  }

  @Override
  public void close() {
    kill();
    if (!Files.exists(home)) {
      return;
    }
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println(home + " is left behind: " + e);
    }
  }
}
