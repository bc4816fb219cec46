package io.lookout.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.ingest.TestShards.Sample;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Graphite and Open-Falcon over real connections. */
class TcpProtocolsTest {
  private static final long SECONDS = TestNode.NOW.getEpochSecond();

  private TestNode node;

  @BeforeEach
  void start() {
    node =
        TestNode.start(
            """
            scrape.self: false
            graphite.enabled: true
            graphite.listen: 127.0.0.1:0
            graphite.tenant: team-a
            limits.tenants: team-a/rate=1, team-a/burst=10
            openfalcon.enabled: true
            openfalcon.listen: 127.0.0.1:0
            openfalcon.message.limit: 100KiB
            ingest.tcp.message.timeout: 2s
            ingest.inline.limit: 10KiB
            """);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private Socket connect(String protocol) throws IOException {
    int port = Objects.requireNonNull(node.role.listening().get(protocol + ".listen")).port();
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

  private double rejected(String protocol, String reason) {
    return node.count("lookout.ingest.rejected.samples", "protocol", protocol, "reason", reason);
  }

  @Test
  void graphitesLinesArriveAndBadOnesAreCounted() throws IOException {
    try (Socket socket = connect("graphite")) {
      send(socket, "a.b;host=x 1.5 " + SECONDS + "\nno line\nlate 1 99999999999\nc 2 -1\nd 3");
      await().atMost(Duration.ofMinutes(1)).until(() -> node.shards.samples.size() == 2);
    }
    assertThat(node.shards.samples)
        .extracting(each -> each.tenant() + " " + each.labels() + " " + each.value())
        .containsExactlyInAnyOrder("team-a {\"a.b\", host=\"x\"} 1.5", "team-a c 2.0");
    assertThat(node.shards.samples)
        .extracting(Sample::time)
        .containsOnly(TestNode.NOW.toEpochMilli());
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(rejected("graphite", "malformed")).isEqualTo(2));
    assertThat(rejected("graphite", "too_far_in_future")).isEqualTo(1);
    assertThat(node.count("lookout.ingest.samples", "protocol", "graphite")).isEqualTo(2);
  }

  @Test
  void aLineThatIsTooLongEndsItsConnection() throws IOException {
    try (Socket socket = connect("graphite")) {
      send(socket, "a;b=" + "x".repeat(1 << 20));
      assertThat(endOf(socket)).isTrue();
    } catch (IOException reset) {
      assertThat(reset).hasMessageMatching("(?i).*(reset|pipe|abort).*");
    }
    assertThat(rejected("graphite", "too_large")).isEqualTo(1);
  }

  private static boolean endOf(Socket socket) throws IOException {
    return socket.getInputStream().read() < 0;
  }

  @Test
  void slowSendersAreClosed() throws IOException {
    try (Socket graphite = connect("graphite");
        Socket falcon = connect("openfalcon")) {
      send(graphite, "begins and never");
      send(falcon, "{\"method\":");
      assertThat(endOf(graphite)).isTrue();
      assertThat(endOf(falcon)).isTrue();
    }
    assertThat(node.count("lookout.ingest.tcp.connections.closed", "reason", "slow")).isEqualTo(2);
  }

  /** The rate of the tenant would not allow as many samples as are tried. */
  @Test
  void whileStorageIsAwayNothingIsLost() throws IOException {
    AtomicInteger refusals = new AtomicInteger();
    node.shards.answer =
        batch ->
            refusals.incrementAndGet() <= 3
                ? Future.failedFuture(new LookoutException(ErrorCode.UNAVAILABLE, "not now"))
                : TestShards.accept(batch);
    try (Socket socket = connect("graphite")) {
      send(socket, ("a 1 " + SECONDS + "\n").repeat(4));
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() ->
            assertThat(node.count("lookout.ingest.samples", "protocol", "graphite")).isEqualTo(4));
    assertThat(refusals).hasValue(4);
    assertThat(rejected("graphite", "rate_limit")).isZero();
  }

  private static String update(String items, int id) {
    return "{\"method\":\"Transfer.Update\",\"params\":[[" + items + "]],\"id\":" + id + "}\n";
  }

  private static String item(String metric, String value) {
    return "{\"endpoint\":\"h1\",\"metric\":\""
        + metric
        + "\",\"value\":"
        + value
        + ",\"step\":60,\"counterType\":\"GAUGE\",\"tags\":\"\",\"timestamp\":"
        + SECONDS
        + "}";
  }

  @Test
  void anAgentIsAnsweredCallByCall() throws IOException {
    try (Socket socket = connect("openfalcon")) {
      BufferedReader answers = reader(socket);
      send(socket, update(item("cpu.idle", "98.5") + "," + item("x", "\"y\""), 0));
      JsonObject answer = new JsonObject(answers.readLine());
      JsonObject result = answer.getJsonObject("result");
      assertThat(answer.encode())
          .startsWith("{\"id\":0,\"result\":{\"Message\":\"ok\",\"Total\":2,");
      assertThat(answer.containsKey("error")).isTrue();
      assertThat(answer.getValue("error")).isNull();
      assertThat(result.getInteger("Invalid")).isEqualTo(1);
      assertThat(result.getInteger("Latency")).isNotNegative();

      send(
          socket,
          update(item("a", "1"), 1)
              + "{\"method\":\"Transfer.Ping\",\"params\":[{}],\"id\":2}\n"
              + "{\"method\":\"Nothing.Known\",\"params\":[{}],\"id\":3}\n");
      assertThat(answers.readLine()).contains("\"id\":1", "\"Total\":1,\"Invalid\":0");
      assertThat(answers.readLine()).isEqualTo("{\"id\":2,\"result\":{\"code\":0},\"error\":null}");
      assertThat(answers.readLine())
          .contains("\"id\":3,\"result\":null,\"error\":\"rpc: can't find");

      send(socket, "{\"method\":\"Transfer.Update\",\"params\":[[}");
      assertThat(answers.readLine()).isNull();
    }
    assertThat(node.shards.samples)
        .extracting(each -> each.labels().toString())
        .containsExactlyInAnyOrder("{\"cpu.idle\", endpoint=\"h1\"}", "a{endpoint=\"h1\"}");
    assertThat(rejected("openfalcon", "invalid_value")).isEqualTo(1);
    assertThat(rejected("openfalcon", "malformed")).isEqualTo(1);
  }

  @Test
  void aLargeCallThatIsNoneIsCountedToo() throws IOException {
    try (Socket socket = connect("openfalcon")) {
      send(socket, "{\"method\":\"" + "x".repeat(20_000) + "\",\"params\":[[}");
      assertThat(reader(socket).readLine()).isNull();
    }
    assertThat(rejected("openfalcon", "malformed")).isEqualTo(1);
  }

  @Test
  void aCallThatIsTooLargeEndsItsConnection() throws IOException {
    try (Socket socket = connect("openfalcon")) {
      send(socket, update(item("m", "\"" + "1".repeat(200_000) + "\""), 0).replace("}", ""));
      assertThat(endOf(socket)).isTrue();
    } catch (IOException reset) {
      assertThat(reset).hasMessageMatching("(?i).*(reset|pipe|abort).*");
    }
    assertThat(rejected("openfalcon", "too_large")).isEqualTo(1);
  }

  @Test
  void anAgentIsToldWhatStorageRefuses() throws IOException {
    node.shards.answer =
        batch -> Future.failedFuture(new LookoutException(ErrorCode.TENANT_LIMIT, "too fast"));
    try (Socket socket = connect("openfalcon")) {
      send(socket, update(item("a", "1"), 7));
      assertThat(reader(socket).readLine())
          .isEqualTo("{\"id\":7,\"result\":null,\"error\":\"too fast\"}");
    }
  }
}
