package io.lookout.app.process;

import static org.awaitility.Awaitility.await;

import io.lookout.app.repository.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A real broker of one node on loopback, in a process of its own, on ports that were free. It can
 * be killed and started again on the same port, with what it had on disk.
 */
public final class KafkaBroker implements AutoCloseable {
  private static final Duration TIME_TO_START = Duration.ofMinutes(2);

  private final Path home;
  private final int port;
  private final int controllerPort;
  private Process process;

  private KafkaBroker(Path home, int port, int controllerPort) throws IOException {
    this.home = home;
    this.port = port;
    this.controllerPort = controllerPort;
    this.process = launch();
  }

  /** Returns when it takes requests. */
  public static KafkaBroker start(Path home) throws IOException {
    Files.createDirectories(home);
    KafkaBroker broker = new KafkaBroker(home, FreePort.find(), FreePort.find());
    broker.awaitReady();
    return broker;
  }

  private Process launch() throws IOException {
    Files.deleteIfExists(home.resolve("ready"));
    Path libraries = Repository.file("kafka-broker/target/lib");
    if (!Files.isDirectory(libraries)) {
      throw new IllegalStateException(
          libraries + " is missing: mvn generate-resources -pl kafka-broker");
    }
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            libraries + "/*",
            Repository.file("kafka-broker/Broker.java").toString(),
            home.toString(),
            Integer.toString(port),
            Integer.toString(controllerPort));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("out.log").toFile()))
        .start();
  }

  private void awaitReady() {
    await("Kafka in " + home)
        .atMost(TIME_TO_START)
        .until(() -> {
          if (!process.isAlive()) {
            throw new IllegalStateException(
                "Kafka has ended: " + Repository.text(home.resolve("out.log")));
          }
          return Files.exists(home.resolve("ready"));
        });
  }

  /** Host and port, as a setting has it. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** As {@code kill -9}. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Starts it again after a kill; returns when it takes requests. */
  public void restart() throws IOException {
    process = launch();
    awaitReady();
  }

  @Override
  public void close() {
    kill();
  }
}
