package io.lookout.ingest.tcp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lookout.cluster.http.ListenException;
import io.lookout.cluster.settings.ByteSize;
import io.lookout.cluster.settings.HostPort;
import io.lookout.ingest.intake.IntakeMeters;
import io.lookout.ingest.route.InFlight;
import io.lookout.ingest.tcp.TcpListener.Door;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpListenerTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final InFlight inFlight = new InFlight(1 << 20);
  private final AtomicInteger lines = new AtomicInteger();
  private final ConcurrentLinkedQueue<Promise<Void>> held = new ConcurrentLinkedQueue<>();
  private volatile boolean holds;

  /** Counts lines and says how many it was given; {@code quit} ends, {@code fail} fails. */
  private Future<TcpReply> count(byte[] bytes, int length) {
    String text = new String(bytes, 0, length, US_ASCII);
    int count = (int) text.chars().filter(c -> c == '\n').count();
    lines.addAndGet(count);
    if (text.startsWith("quit")) {
      return Future.succeededFuture(TcpReply.last("bye\n"));
    } else if (text.startsWith("fail")) {
      throw new IllegalStateException("as the test wants it");
    } else if (holds) {
      Promise<Void> promise = Promise.promise();
      held.add(promise);
      return promise.future().map(released -> TcpReply.NONE);
    }
    return Future.succeededFuture(TcpReply.of(count + "\n"));
  }

  private int listen(int connections, Duration idle, Duration message) {
    TcpProtocol protocol = new TcpProtocol("test", 1000, Framing::lines, () -> this::count);
    TcpSettings settings =
        new TcpSettings(connections, idle, message, ByteSize.parse("1KiB"), Duration.ZERO);
    TcpListener listener =
        new TcpListener(
            new Door("test.listen", new HostPort("127.0.0.1", 0)),
            protocol,
            settings,
            inFlight,
            new IntakeMeters(registry),
            registry);
    vertx.deployVerticle(listener).await();
    return listener.address().port();
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    socket.getOutputStream().flush();
  }

  private static String read(Socket socket, int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), US_ASCII);
  }

  private double count(String meter, String... tags) {
    return registry.find(meter).tags(tags).counters().stream().mapToDouble(c -> c.count()).sum();
  }

  private double closed(String reason) {
    return count("lookout.ingest.tcp.connections.closed", "reason", reason);
  }

  private double rejected(String reason) {
    return count("lookout.ingest.rejected.samples", "protocol", "test", "reason", reason);
  }

  @AfterEach
  void stop() {
    held.forEach(promise -> promise.tryComplete());
    vertx.close().await();
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(inFlight.bytes()).isZero());
  }

  @Test
  void messagesAreHandedOverWhole() throws IOException {
    try (Socket socket = connect(listen(8, LONG, LONG))) {
      send(socket, "one\ntwo\nthr");
      assertThat(read(socket, 2)).isEqualTo("2\n");
      send(socket, "ee\n");
      assertThat(read(socket, 2)).isEqualTo("1\n");
      send(socket, "quit\n");
      assertThat(read(socket, 100)).isEqualTo("bye\n");
    }
    assertThat(count("lookout.ingest.received.bytes", "protocol", "test")).isEqualTo(19);
    assertThat(rejected("malformed")).isZero();
  }

  @Test
  void whatWasSentBeforeTheConnectionEndedIsTaken() throws IOException {
    int port = listen(8, LONG, LONG);
    holds = true;
    try (Socket socket = connect(port)) {
      send(socket, "x\n".repeat(20_000) + "cut");
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> {
          held.forEach(promise -> promise.tryComplete());
          assertThat(lines).hasValue(20_000);
          assertThat(rejected("malformed")).isEqualTo(1);
        });
  }

  @Test
  void aSenderIsPausedUntilItsMessagesAreAnswered() throws IOException {
    int port = listen(8, LONG, LONG);
    holds = true;
    try (Socket socket = connect(port)) {
      send(socket, "first\n");
      await().atMost(Duration.ofMinutes(1)).until(() -> held.size() == 1);
      send(socket, "second\n");
      holds = false;
      assertThat(lines).hasValue(1);
      held.forEach(promise -> promise.tryComplete());
      assertThat(read(socket, 2)).isEqualTo("1\n");
      assertThat(lines).hasValue(2);
    }
  }

  @Test
  void messagesAboveTheLimitEndTheConnection() throws IOException {
    try (Socket socket = connect(listen(8, LONG, LONG))) {
      send(socket, "x".repeat(1001));
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(rejected("too_large")).isEqualTo(1);
    assertThat(closed("too_large")).isEqualTo(1);
  }

  @Test
  void slowAndIdleSendersAreClosed() throws IOException {
    Duration soon = Duration.ofMillis(100);
    try (Socket slow = connect(listen(8, LONG, soon));
        Socket idle = connect(listen(8, soon, LONG))) {
      send(slow, "begins and");
      assertThat(slow.getInputStream().read()).isEqualTo(-1);
      assertThat(idle.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(closed("slow")).isEqualTo(1);
    assertThat(closed("idle")).isEqualTo(1);
    assertThat(rejected("malformed")).isEqualTo(1);
  }

  @Test
  void connectionsAreBounded() throws IOException {
    int port = listen(1, LONG, LONG);
    try (Socket first = connect(port)) {
      send(first, "a\n");
      assertThat(read(first, 2)).isEqualTo("1\n");
      try (Socket second = connect(port)) {
        assertThat(second.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(count("lookout.ingest.tcp.connections.refused")).isEqualTo(1);
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() ->
            assertThat(registry.get("lookout.ingest.tcp.connections").gauge().value()).isZero());
    try (Socket third = connect(port)) {
      send(third, "a\n");
      assertThat(read(third, 2)).isEqualTo("1\n");
    }
  }

  @Test
  void aFailureClosesItsConnectionAlone() throws IOException {
    int port = listen(8, LONG, LONG);
    try (Socket failing = connect(port);
        Socket other = connect(port)) {
      send(failing, "fail\n");
      assertThat(failing.getInputStream().read()).isEqualTo(-1);
      send(other, "a\n");
      assertThat(read(other, 2)).isEqualTo("1\n");
    }
    assertThat(closed("failed")).isEqualTo(1);
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    int port = listen(8, LONG, LONG);
    TcpListener second =
        new TcpListener(
            new Door("test.listen", new HostPort("127.0.0.1", port)),
            new TcpProtocol("test", 1000, Framing::lines, () -> this::count),
            new TcpSettings(1, LONG, LONG, ByteSize.parse("1KiB"), Duration.ZERO),
            inFlight,
            new IntakeMeters(registry),
            registry);
    assertThatThrownBy(() -> vertx.deployVerticle(second).await())
        .hasRootCauseInstanceOf(java.net.BindException.class)
        .satisfies(failure ->
            assertThat(failure instanceof ListenException ? failure : failure.getCause())
                .isInstanceOf(ListenException.class)
                .hasMessageContaining("test.listen=HOST:PORT"));
  }
}
