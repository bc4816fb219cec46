package io.lookout.app.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Senders that are slow, or gone, in every protocol. */
class BadConnectionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String IN_FLIGHT = "lookout_ingest_inflight_bytes";

  @TempDir private static Path directory = Path.of("");

  private static RunningLookout lookout;

  @BeforeAll
  static void start() {
    lookout = RunningLookout.start(directory, "ingest.body.timeout=500ms");
  }

  @AfterAll
  static void stop() {
    lookout.close();
  }

  static List<Wire> wires() {
    return Wire.ofBodies();
  }

  /** The head of a request of 1000 bytes, and the first three of them. */
  private static byte[] begun(Wire wire) {
    StringBuilder head = new StringBuilder("POST " + wire.path() + " HTTP/1.1\r\nHost: x\r\n");
    for (int i = 0; i < wire.headers().size(); i += 2) {
      head.append(wire.headers().get(i)).append(": ").append(wire.headers().get(i + 1));
      head.append("\r\n");
    }
    head.append("Content-Length: 1000\r\n\r\nabc");
    return head.toString().getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @MethodSource("wires")
  void slowSendersAreAnsweredAndLetGo(Wire wire) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lookout.port())) {
      socket.getOutputStream().write(begun(wire));
      socket.getOutputStream().flush();
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

      assertThat(answer).startsWith("HTTP/1.1 503").contains("only 3 bytes of it");
      assertThat(answer).containsIgnoringCase("retry-after");
    }
    assertThat(lookout.metric(IN_FLIGHT)).isZero();
  }

  @ParameterizedTest
  @MethodSource("wires")
  void cutConnectionsLeaveNothing(Wire wire) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lookout.port())) {
      socket.getOutputStream().write(begun(wire));
      socket.getOutputStream().flush();
    }
    await().atMost(PATIENCE).until(() -> lookout.metric(IN_FLIGHT) == 0);
    Point point = Point.of(wire.metric("afterwards"), System.currentTimeMillis());
    byte[] body = wire.body(point);
    if (!wire.coding().isEmpty()) {
      body = org.xerial.snappy.Snappy.compress(body);
    }
    assertThat(lookout.post(wire.path(), body, wire.headers().toArray(new String[0])).statusCode())
        .isEqualTo(wire.success());
  }
}
