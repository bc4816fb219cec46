package io.lookout.cluster.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lookout.cluster.Results;
import io.lookout.cluster.metrics.SelfMetrics;
import io.lookout.cluster.settings.HostPort;
import io.lookout.cluster.settings.Settings;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are kept open by a byte now and then. */
class SlowSendersTest {
  private static final String HEAD = "GET /hello HTTP/1.1\r\nHost: x\r\n";
  private static final int MILLIS_BETWEEN_BYTES = 20;

  private final Vertx vertx = Vertx.builder().withTransport(AcceptingTransport.make()).build();
  private final PrometheusMeterRegistry meters = SelfMetrics.registry();
  private final Promise<String> answer = Promise.promise();
  private int port;
  private int http2Port;

  private void listen(String request, String idle) {
    listen(request, idle, 4096);
  }

  private void listen(String request, String idle, int connections) {
    ServerEdge edge =
        new ServerEdge(
            vertx,
            Settings.with(
                    "http.listen=127.0.0.1:0",
                    "http.connections.max=" + connections,
                    "http.request.timeout=" + request,
                    "http.idle.timeout=" + idle)
                .of(HttpSettings.class),
            meters);
    edge.add(() -> this::mount);
    edge.addHttp2Port("http2", new HostPort("127.0.0.1", 0), () -> this::mount);
    port = Results.of(edge.open(router -> {})).port();
    Results.of(edge.serve());
    http2Port = Objects.requireNonNull(Results.of(edge.listenApart()).get("http2")).port();
  }

  private void mount(Router router) {
    router.get("/hello").handler(context -> context.response().end("hello"));
    router
        .post("/patient")
        .handler(context ->
            context
                .request()
                .handler(chunk -> {})
                .endHandler(end -> context.response().end("all of it")));
    router.get("/slow").handler(context -> answer.future().onSuccess(context.response()::end));
  }

  @AfterEach
  void close() {
    Results.of(vertx.close());
  }

  private double closed() {
    return meters.counter("lookout.http.connections.slow").count();
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private Socket connectHttp2() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), http2Port);
  }

  private double open() {
    return meters.get("lookout.http.connections").gauge().value();
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    socket.getOutputStream().flush();
  }

  /** Sends a byte whenever nothing was heard for a moment; returns when the other side closes. */
  private static void drip(Socket socket) throws IOException {
    socket.setSoTimeout(MILLIS_BETWEEN_BYTES);
    while (true) {
      try {
        send(socket, "x");
        if (socket.getInputStream().read() < 0) {
          return;
        }
      } catch (SocketTimeoutException open) {
        assertThat(socket.isConnected()).isTrue();
      } catch (SocketException reset) {
        return;
      }
    }
  }

  private static String answered(Socket socket) throws IOException {
    StringBuilder text = new StringBuilder();
    while (!text.toString().endsWith("hello")) {
      int read = socket.getInputStream().read();
      assertThat(read).as(text.toString()).isNotNegative();
      text.append((char) read);
    }
    return text.toString();
  }

  @Test
  void aConnectionOnWhichNothingComesIsClosed() throws IOException {
    listen("300ms", "1h");
    try (Socket socket = connect()) {
      assertThat(socket.getInputStream().read()).isNegative();
    }
    assertThat(closed()).isOne();
  }

  @Test
  void aHeadThatNeverEndsClosesItsConnection() throws IOException {
    listen("300ms", "1h");
    try (Socket socket = connect()) {
      send(socket, HEAD + "X-Padding: ");
      drip(socket);
    }
    assertThat(closed()).isOne();
  }

  @Test
  void soDoesTheHeadOfALaterRequest() throws IOException {
    listen("1h", "2s");
    try (Socket socket = connect()) {
      send(socket, HEAD + "\r\n");
      assertThat(answered(socket)).startsWith("HTTP/1.1 200");
      send(socket, HEAD + "X-Padding: ");
      drip(socket);
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> meters.get("lookout.http.connections").gauge().value() == 0);
  }

  @Test
  void aBodyThatNeverEndsClosesItsConnection() throws IOException {
    listen("300ms", "1h");
    try (Socket socket = connect()) {
      send(socket, "POST /patient HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
      drip(socket);
    }
    assertThat(closed()).isOne();
  }

  @Test
  void onlyTheSlowRequestOfManyIsEnded() throws IOException {
    listen("2s", "1h");
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
    HttpClientRequest slow =
        Results.of(client.request(HttpMethod.POST, http2Port, "127.0.0.1", "/patient"));
    slow.setChunked(true).write("begins");
    HttpClientRequest good =
        Results.of(client.request(HttpMethod.GET, http2Port, "127.0.0.1", "/slow"));
    var body = good.send().compose(HttpClientResponse::body);

    assertThatThrownBy(() -> Results.of(slow.response())).isInstanceOf(StreamResetException.class);
    answer.complete("fast enough");
    assertThat(Results.of(body)).hasToString("fast enough");
    assertThat(closed()).isZero();
    Results.of(client.close());
  }

  /** The first bytes of every connection that speaks HTTP/2, RFC 9113 section 3.4. */
  @ParameterizedTest
  @ValueSource(strings = {"", "P", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r", "G"})
  void nobodyWaitsOnTheDoorstepOfHttp2(String begun) throws IOException {
    listen("300ms", "1h");
    try (Socket socket = connectHttp2()) {
      send(socket, begun);
      assertThat(socket.getInputStream().read()).isNegative();
    }
    assertThat(closed()).isOne();
    await().atMost(Duration.ofMinutes(1)).until(() -> open() == 0);
  }

  @Test
  void aPrefaceThatComesByteForByteIsNoExcuse() throws IOException {
    listen("300ms", "1h");
    try (Socket socket = connectHttp2()) {
      socket.setSoTimeout(MILLIS_BETWEEN_BYTES);
      byte[] preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);
      boolean open = true;
      for (int i = 0; open; i++) {
        try {
          // The frame that must follow never comes.
          if (i < preface.length) {
            socket.getOutputStream().write(preface[i]);
          }
          open = socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException quiet) {
          assertThat(socket.isConnected()).isTrue();
        } catch (SocketException reset) {
          open = false;
        }
      }
    }
    assertThat(closed()).isOne();
  }

  @Test
  void connectionsOfHttp2CountBeforeTheySaySomething() throws IOException {
    listen("1h", "1h", 1);
    try (Socket first = connectHttp2();
        Socket second = connectHttp2()) {
      assertThat(first.isConnected()).isTrue();
      assertThat(second.getInputStream().read()).isNegative();
      assertThat(meters.counter("lookout.http.connections.refused").count()).isOne();
    }
    await().atMost(Duration.ofMinutes(1)).until(() -> open() == 0);
  }

  @Test
  void aConnectionOfHttp2ThatIsInUseStays() throws IOException {
    listen("3s", "1h");
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
    hello(client);
    // Accepted later, and so closed later than the other would be.
    try (Socket silent = connectHttp2()) {
      assertThat(silent.getInputStream().read()).isNegative();
    }
    hello(client);
    assertThat(closed()).isOne();
    await().atMost(Duration.ofMinutes(1)).until(() -> open() == 1);
    Results.of(client.close());
  }

  private void hello(HttpClient client) {
    assertThat(
            Results.of(
                client
                    .request(HttpMethod.GET, http2Port, "127.0.0.1", "/hello")
                    .compose(HttpClientRequest::send)
                    .compose(HttpClientResponse::body)))
        .hasToString("hello");
  }

  @Test
  void whoWaitsForAnAnswerIsNotSlow() throws IOException {
    listen("2s", "1h");
    try (Socket waiting = connect();
        Socket other = connect()) {
      send(waiting, "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
      drip(other);
      answer.complete("hello");
      assertThat(answered(waiting)).startsWith("HTTP/1.1 200");
    }
    assertThat(closed()).isOne();
  }
}
