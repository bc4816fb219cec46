package io.lookout.ingest.scrape.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.cluster.TestCertificate;
import io.lookout.ingest.scrape.config.HttpAccess.Proxy;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ProxyOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests through a proxy on loopback, which notes what it is asked. */
class ProxyTest {
  @TempDir private Path directory = Path.of("");

  private final FetchCase given = new FetchCase();

  /** Kept: a client that nobody refers to is closed by the garbage collector. */
  private final NetClient tunnels = given.vertx.createNetClient();

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> heads = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    given.close();
  }

  /** Of a proxy that answers for everybody with the credentials it was given. */
  private String answering() {
    int port =
        given
            .serve(request -> {
              asked.add(request.method() + " " + request.uri());
              request.response().end(String.valueOf(request.getHeader("Proxy-Authorization")));
            })
            .actualPort();
    return "127.0.0.1:" + port;
  }

  /** Of a proxy that leads every tunnel to the port it asks for, on loopback. */
  private String tunnelling() {
    int port =
        FetchCase.await(
                given
                    .vertx
                    .createNetServer()
                    .connectHandler(client -> client.handler(head -> dig(client, head)))
                    .listen(0, "127.0.0.1"))
            .actualPort();
    return "127.0.0.1:" + port;
  }

  private void dig(NetSocket client, Buffer head) {
    String[] line = head.toString().split(" ", 3);
    asked.add(line[0] + " " + line[1]);
    heads.add(head.toString());
    int port = Integer.parseInt(line[1].substring(line[1].lastIndexOf(':') + 1));
    client.pause();
    // Connected on the event loop of the client's socket: nothing is read before there are
    // handlers.
    tunnels
        .connect(port, "127.0.0.1")
        .onSuccess(server -> {
          client.handler(server::write);
          server.handler(client::write);
          client.write("HTTP/1.1 200 Connected\r\n\r\n");
          client.resume();
        });
  }

  @Test
  void leadsWhereNamesNeedNotBeKnown() {
    Fetcher fetcher = given.fetcher(directory, "proxy_url: 'http://me:word@" + answering() + "'");
    assertThat(given.fetch(fetcher, "http://app.example:9100/metrics?a=b"))
        .isEqualTo("Basic bWU6d29yZA==");
    assertThat(asked).containsExactly("GET http://app.example:9100/metrics?a=b");
  }

  /** For app.example, with a certificate of its own, whose authority is in app.example.pem. */
  private String secureServer(Handler<HttpServerRequest> handler)
      throws IOException, GeneralSecurityException {
    TestCertificate key = TestCertificate.make(directory, "app.example", "DNS:app.example");
    int port =
        given
            .serve(
                new HttpServerOptions()
                    .setSsl(true)
                    .setKeyCertOptions(
                        new PemKeyCertOptions()
                            .addCertPath(key.pem().toString())
                            .addKeyPath(key.key().toString())),
                handler)
            .actualPort();
    return "app.example:" + port;
  }

  @Test
  void isATunnelForTls() throws IOException, GeneralSecurityException {
    String target = secureServer(request -> request.response().end("through"));
    Fetcher fetcher =
        given.fetcher(
            directory,
            "proxy_url: 'http://" + tunnelling() + "', tls_config: {ca_file: app.example.pem}");
    assertThat(given.fetch(fetcher, "https://" + target + "/")).isEqualTo("through");
    assertThat(asked).containsExactly("CONNECT " + target);
  }

  private Fetcher withHeaders(String proxy, String tls) {
    return given.fetcher(
        directory,
        "proxy_url: 'http://"
            + proxy
            + "', proxy_connect_header: {X-Way: [north, south], Host: [other]},"
            + " http_headers: {X-Own: {values: [mine]}}, tls_config: {"
            + tls
            + "}");
  }

  private static void tell(HttpServerRequest request) {
    if (request.path().equals("/moved")) {
      request.response().setStatusCode(302).putHeader("Location", "/metrics?a=b").end("x");
    } else if (request.path().equals("/large")) {
      request.response().end(Buffer.buffer(new byte[2 << 20]));
    } else if (request.path().equals("/gone")) {
      request.response().setStatusCode(410).end();
    } else {
      request
          .response()
          .end(
              request.uri()
                  + "|"
                  + request.getHeader("Host")
                  + "|"
                  + request.getHeader("X-Way")
                  + "|"
                  + request.getHeader("X-Own"));
    }
  }

  @Test
  void isToldItsOwnHeadersWithConnectOnly() throws IOException, GeneralSecurityException {
    String target = secureServer(ProxyTest::tell);
    Fetcher fetcher = withHeaders("me:word@" + tunnelling(), "ca_file: app.example.pem");
    assertThat(given.fetch(fetcher, "https://" + target + "/moved"))
        .isEqualTo("/metrics?a=b|" + target + "|null|mine");
    assertThat(asked).containsExactly("CONNECT " + target, "CONNECT " + target);
    assertThat(heads)
        .allSatisfy(head ->
            assertThat(head.toLowerCase(Locale.ROOT).lines())
                .contains(
                    "host: " + target,
                    "x-way: north",
                    "x-way: south",
                    "proxy-authorization: basic bwu6d29yza==")
                .noneMatch(line -> line.contains("x-own") || line.contains("other")));
    assertThat(given.fetch(withHeaders(answering(), ""), "http://app.example:80/"))
        .isEqualTo("null");
  }

  @Test
  void saysWhatFailsBehindTheTunnel() throws IOException, GeneralSecurityException {
    String url = "https://" + secureServer(ProxyTest::tell);
    String proxy = tunnelling();
    Fetcher trusting = withHeaders(proxy, "ca_file: app.example.pem");
    assertThatThrownBy(() -> given.fetch(trusting, url + "/gone"))
        .hasMessageContaining("server returned HTTP status 410 Gone");
    assertThatThrownBy(() -> given.fetch(trusting, url + "/large"))
        .hasMessageContaining("body size limit exceeded");
    assertThatThrownBy(() -> given.fetch(withHeaders(proxy, ""), url)).rootCause().isNotNull();
    assertThatThrownBy(() ->
            given.fetch(
                withHeaders(proxy, "ca_file: app.example.pem, server_name: b.example"), url))
        .rootCause()
        .hasMessageContaining("b.example");
    assertThat(given.fetch(withHeaders(proxy, "insecure_skip_verify: true"), url))
        .startsWith("/|app.example:");
    assertThatThrownBy(() -> given.fetch(withHeaders(answering(), ""), url))
        .rootCause()
        .isNotNull();
    assertThatThrownBy(() -> given.fetch(withHeaders("127.0.0.1:1", ""), url))
        .rootCause()
        .hasMessageContaining("refused");
  }

  @Test
  void isPassedByWhereTheConfigurationSaysSo() {
    int port = given.serve(request -> request.response().end("straight")).actualPort();
    Fetcher fetcher =
        given.fetcher(
            directory, "proxy_url: 'http://" + answering() + "', no_proxy: '10.0.0.0/8, x.y'");
    assertThat(given.fetch(fetcher, "http://127.0.0.1:" + port)).isEqualTo("straight");
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com, 80, true",
    "example.com, a.example.com, 80, true",
    "example.com, anexample.com, 80, false",
    ".example.com, example.com, 80, false",
    "*.example.com, a.example.com, 80, true",
    "*, anything, 80, true",
    "10.0.0.0/9, 10.127.1.1, 80, true",
    "10.0.0.0/9, 10.128.1.1, 80, false",
    "10.0.0.1, 10.0.0.1, 80, true",
    "10.0.0.1:90, 10.0.0.1, 80, false",
    "EXAMPLE.com:90, Example.com, 90, true",
    "2001:db8::/32, 2001:db8:1::1, 80, true",
    "10.0.0.0/8, example.com, 80, false",
    "x, 127.9.9.9, 80, true",
    "x, ::1, 80, true",
    "x, localhost, 80, true",
  })
  void exceptionsAreThoseOfTheEnvironment(String list, String host, int port, boolean contained) {
    assertThat(NoProxy.of(List.of(list)).contains(host, port)).isEqualTo(contained);
  }

  @Test
  void mayStandInTheEnvironment() {
    ProxyChoice choice =
        ProxyChoice.of(
            new Proxy(Optional.empty(), List.of(), true, Map.of()),
            Map.of("http_proxy", "proxy.example:3128", "NO_PROXY", "inside.example,10.0.0.1"));
    assertThat(shown(choice.forServer(false, "app.example", 80))).isEqualTo("proxy.example:3128");
    assertThat(choice.forServer(true, "app.example", 443)).isNull();
    assertThat(choice.forServer(false, "a.inside.example", 80)).isNull();
  }

  private static String shown(@Nullable ProxyOptions options) {
    return options == null ? "" : options.getHost() + ":" + options.getPort();
  }
}
