package io.lookout.ingest.scrape.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.cluster.TestCertificate;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code oauth2} with a token endpoint that is reached in another way than the targets are. */
class TokenEndpointTest {
  private static final String NAME = "tokens.example";

  @TempDir private static Path directory = Path.of("");
  private static TestCertificate server = new TestCertificate(directory, directory, directory);
  private static TestCertificate client = server;

  private final FetchCase given = new FetchCase();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private String metrics = "";

  @BeforeAll
  static void makeKeys() throws IOException, GeneralSecurityException {
    server = TestCertificate.make(directory, NAME, "DNS:" + NAME);
    client = TestCertificate.make(directory, "client.example", "DNS:client.example");
  }

  @BeforeEach
  void serve() throws IOException {
    Files.writeString(directory.resolve("secret"), "one\n");
    int port =
        given
            .serve(request ->
                request.response().end(String.valueOf(request.getHeader("Authorization"))))
            .actualPort();
    metrics = "http://127.0.0.1:" + port + "/metrics";
  }

  @AfterEach
  void stop() {
    given.close();
  }

  /** Tokens of no lifetime, which say how often was asked. */
  private void token(HttpServerRequest request) {
    request
        .body()
        .onSuccess(form -> {
          asked.add(request.uri() + " " + request.getHeader("Authorization") + " " + form);
          request.response().end("{\"access_token\":\"t" + asked.size() + "\",\"expires_in\":1}");
        });
  }

  private int secureEndpoint() {
    return given.serve(server, client, ClientAuth.REQUIRED, this::token).actualPort();
  }

  private Fetcher fetcher(String tokenUrl, String more) {
    return given.fetcher(
        directory,
        "oauth2: {client_id: me, client_secret_file: secret, token_url: '"
            + tokenUrl
            + "', scopes: [a, b], endpoint_params: {audience: x, resource: 'y z'}, "
            + more
            + "}");
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void hasItsOwnAuthorityAndCertificate() {
    String url = "https://127.0.0.1:" + secureEndpoint() + "/token";
    String trust = "ca_file: tokens.example.pem, server_name: " + NAME;
    assertThatThrownBy(() -> given.fetch(fetcher(url, ""), metrics)).rootCause().isNotNull();
    assertThatThrownBy(() -> given.fetch(fetcher(url, "tls_config: {" + trust + "}"), metrics))
        .isNotNull();
    assertThat(asked).isEmpty();
    String known = ", cert_file: client.example.pem, key_file: client.example.key";
    assertThat(given.fetch(fetcher(url, "tls_config: {" + trust + known + "}"), metrics))
        .isEqualTo("Bearer t1");
  }

  @Test
  void hasItsOwnProxy() {
    int proxy = given.serve(this::token).actualPort();
    Fetcher fetcher =
        fetcher("http://tokens.example/token", "proxy_url: 'http://127.0.0.1:" + proxy + "'");
    assertThat(given.fetch(fetcher, metrics)).isEqualTo("Bearer t1");
    assertThat(asked)
        .containsExactly(
            "http://tokens.example/token "
                + basic("me:one")
                + " grant_type=client_credentials&scope=a+b&audience=x&resource=y+z");
  }

  @Test
  void theSecretIsReadForEachToken() throws IOException {
    int port = given.serve(this::token).actualPort();
    Fetcher fetcher = fetcher("http://127.0.0.1:" + port + "/token?tenant=1", "");
    assertThat(given.fetch(fetcher, metrics)).isEqualTo("Bearer t1");
    Files.writeString(directory.resolve("secret"), "two\n");
    assertThat(given.fetch(fetcher, metrics)).isEqualTo("Bearer t2");
    assertThat(asked).first().asString().startsWith("/token?tenant=1 " + basic("me:one"));
    assertThat(asked).last().asString().contains(basic("me:two"));
  }
}
