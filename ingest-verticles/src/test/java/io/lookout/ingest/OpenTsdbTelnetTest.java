package io.lookout.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.ingest.TestShards.Sample;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.vertx.core.Future;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OpenTSDB's telnet commands over real connections. */
class OpenTsdbTelnetTest {
  private static final long SECONDS = TestNode.NOW.getEpochSecond();
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private TestNode node;

  @BeforeEach
  void start() {
    node =
        TestNode.start(
            """
            scrape.self: false
            opentsdb.telnet.enabled: true
            opentsdb.telnet.listen: 127.0.0.1:0
            opentsdb.telnet.tenant: team-b
            ingest.tcp.line.limit: 8KiB
            ingest.tcp.message.timeout: 2s
            ingest.tcp.patience: 100ms
            """);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private Socket connect() throws IOException {
    int port = Objects.requireNonNull(node.role.listening().get("opentsdb.telnet.listen")).port();
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
    socket.getOutputStream().flush();
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
  }

  @Test
  void goodPutsAreNotRepliedToAndBadOnesAre() throws IOException {
    try (Socket socket = connect()) {
      BufferedReader replies = reader(socket);
      send(socket, "put load.load.shortterm " + SECONDS + " 2.5 fqdn=h1  dc=bj\nput x\n");
      assertThat(replies.readLine()).startsWith("put: illegal argument: not enough arguments");
      send(socket, "put late " + (SECONDS + 100_000) + " 1 a=b\n");
      assertThat(replies.readLine()).startsWith("put: illegal argument: ");
      send(socket, "version\nhelp\nnonsense\nstats\n");
      assertThat(replies.readLine()).startsWith("Lookout");
      assertThat(replies.readLine()).contains("exit help put stats version");
      assertThat(replies.readLine()).isEqualTo("unknown command: nonsense.  Try `help'.");
      assertThat(replies.readLine())
          .isEqualTo("tsd.datapoints.added " + SECONDS + " 1 type=telnet");
      assertThat(replies.readLine()).isEqualTo("tsd.rpc.errors " + SECONDS + " 2 type=telnet");
      send(socket, "exit\n");
      assertThat(replies.readLine()).isNull();
    }
    assertThat(node.shards.samples).extracting(Sample::tenant).containsExactly("team-b");
    assertThat(node.count("lookout.ingest.rejected.samples", "protocol", "opentsdb")).isEqualTo(2);
  }

  @Test
  void linesMayComeInPiecesAndTheLastOfAConnectionThatIsCutIsLost() throws IOException {
    try (Socket socket = connect()) {
      send(socket, "put m " + SECONDS);
      send(socket, " 1 a=b\nput m " + SECONDS + " 2 a=c");
    }
    await().atMost(LIMIT).until(() -> node.shards.samples.size() == 1);
    await()
        .atMost(LIMIT)
        .until(() -> node.count("lookout.ingest.rejected.samples", "reason", "malformed") == 1);
  }

  @Test
  void linesThatAreTooLongOrTooSlowEndTheirConnections() throws IOException {
    try (Socket slow = connect();
        Socket endless = connect()) {
      send(slow, "put m ");
      send(endless, "put " + "m".repeat(16 << 10));
      assertThat(isOver(endless)).isTrue();
      assertThat(isOver(slow)).isTrue();
    }
    assertThat(node.count("lookout.ingest.rejected.samples", "reason", "too_large")).isEqualTo(1);
  }

  private static boolean isOver(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  @Test
  void whereStorageStaysAwayTheSenderIsTold() throws IOException {
    node.shards.answer =
        batch -> Future.failedFuture(new LookoutException(ErrorCode.UNAVAILABLE, "log is full"));
    try (Socket socket = connect()) {
      send(socket, "put m " + SECONDS + " 1 a=b\n");
      assertThat(reader(socket).readLine()).isEqualTo("put: Lookout error: log is full");
    }
  }
}
