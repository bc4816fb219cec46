package io.lookout.app.process;

import static org.awaitility.Awaitility.await;

import io.lookout.app.repository.Repository;
import io.lookout.cluster.FreePort;
import io.lookout.cluster.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A real broker of one node on loopback, in a process of its own, on ports that were free. It can
 * be killed and started again on the same port, with what it had on disk.
 */
public final class KafkaBroker implements AutoCloseable {
  /** Whom SASL's mechanism PLAIN lets in. */
  public static final String PLAIN_USER = "gateway";

  public static final String PLAIN_PASSWORD = "plain secret of the test";

  private static final Duration TIME_TO_START = Duration.ofMinutes(2);

  private final Path home;
  private final int port;
  private final int controllerPort;
  private final int securePort;
  private final int passwordPort;
  private final @Nullable TestCertificate certificate;
  private Process process;

  private KafkaBroker(Path home, @Nullable TestCertificate certificate) throws IOException {
    this.home = home;
    this.port = FreePort.find();
    this.controllerPort = FreePort.find();
    this.securePort = FreePort.find();
    this.passwordPort = FreePort.find();
    this.certificate = certificate;
    this.process = launch();
    awaitReady();
  }

  /** Returns when it takes requests. */
  public static KafkaBroker start(Path home) throws IOException {
    Files.createDirectories(home);
    return new KafkaBroker(home, null);
  }

  /**
   * The same with two more ports: for TLS with SCRAM-SHA-512 or PLAIN, and for PLAIN without TLS.
   * Whom SCRAM lets in is told it through the first one; PLAIN knows {@link #PLAIN_USER}.
   */
  static KafkaBroker startWithSecurity(Path home) throws IOException, GeneralSecurityException {
    return new KafkaBroker(home, TestCertificate.make(home, "server", "IP:127.0.0.1"));
  }

  private List<String> security(TestCertificate known) {
    String listeners =
        String.join(
            ",",
            "PLAINTEXT://" + address(),
            "SASL_SSL://" + secureAddress(),
            "SASL_PLAINTEXT://" + passwordAddress());
    String plain =
        "org.apache.kafka.common.security.plain.PlainLoginModule required user_%s=\"%s\";"
            .formatted(PLAIN_USER, PLAIN_PASSWORD);
    return List.of(
        "listeners=" + listeners + ",CONTROLLER://127.0.0.1:" + controllerPort,
        "advertised.listeners=" + listeners,
        "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,"
            + "SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
        "sasl.enabled.mechanisms=SCRAM-SHA-512,PLAIN",
        "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config="
            + "org.apache.kafka.common.security.scram.ScramLoginModule required;",
        "listener.name.sasl_ssl.plain.sasl.jaas.config=" + plain,
        "listener.name.sasl_plaintext.sasl.enabled.mechanisms=PLAIN",
        "listener.name.sasl_plaintext.plain.sasl.jaas.config=" + plain,
        "ssl.keystore.type=PKCS12",
        "ssl.keystore.location=" + known.store(),
        "ssl.keystore.password=" + TestCertificate.PASSWORD,
        "ssl.key.password=" + TestCertificate.PASSWORD);
  }

  private Process launch() throws IOException {
    Files.deleteIfExists(home.resolve("ready"));
    Path libraries = Repository.file("kafka-broker/target/lib");
    if (!Files.isDirectory(libraries)) {
      throw new IllegalStateException(
          libraries + " is missing: mvn generate-resources -pl kafka-broker");
    }
    List<String> command =
        new ArrayList<>(
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
                Integer.toString(controllerPort)));
    if (certificate != null) {
      command.addAll(security(certificate));
    }
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

  /** Where its logs are, somewhere below. */
  public Path home() {
    return home;
  }

  /** Host and port, as a setting has it. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** The same for those who come with TLS, and SCRAM or PLAIN. */
  public String secureAddress() {
    return "127.0.0.1:" + securePort;
  }

  /** The same for those who come with PLAIN, without TLS. */
  public String passwordAddress() {
    return "127.0.0.1:" + passwordPort;
  }

  /** What clients of {@link #secureAddress} are to trust, PEM. */
  public Path authority() {
    if (certificate == null) {
      throw new IllegalStateException("the broker was started without TLS");
    }
    return certificate.pem();
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
