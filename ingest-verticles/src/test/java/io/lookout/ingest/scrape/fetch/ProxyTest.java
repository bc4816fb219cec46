package io.lookout.ingest.scrape.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.cluster.TestCertificate;
import io.lookout.ingest.scrape.config.HttpAccess.Proxy;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ProxyOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
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

  @Test
  void isATunnelForTls() throws IOException, GeneralSecurityException {
    TestCertificate key = TestCertificate.make(directory, "app.example", "DNS:app.example");
    HttpServer secure =
        given.serve(
            new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(
                    new PemKeyCertOptions()
                        .addCertPath(key.pem().toString())
                        .addKeyPath(key.key().toString())),
            request -> request.response().end("through"));
    Fetcher fetcher =
        given.fetcher(
            directory,
            "proxy_url: 'http://" + tunnelling() + "', tls_config: {ca_file: app.example.pem}");
    String target = "app.example:" + secure.actualPort();
    assertThat(given.fetch(fetcher, "https://" + target + "/")).isEqualTo("through");
    assertThat(asked).containsExactly("CONNECT " + target);
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
            new Proxy(Optional.empty(), List.of(), true),
            Map.of("http_proxy", "proxy.example:3128", "NO_PROXY", "inside.example,10.0.0.1"));
    assertThat(shown(choice.forServer(false, "app.example", 80))).isEqualTo("proxy.example:3128");
    assertThat(choice.forServer(true, "app.example", 443)).isNull();
    assertThat(choice.forServer(false, "a.inside.example", 80)).isNull();
  }

  private static String shown(@Nullable ProxyOptions options) {
    return options == null ? "" : options.getHost() + ":" + options.getPort();
  }
}
