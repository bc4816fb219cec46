package io.lookout.ingest.scrape.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.cluster.TestCertificate;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tls_config} against a server whose certificate is for metrics.example only. */
class TlsTest {
  private static final String NAME = "metrics.example";

  @TempDir private static Path directory = Path.of("");
  private static TestCertificate server = new TestCertificate(directory, directory, directory);
  private static TestCertificate client = server;

  private final FetchCase given = new FetchCase();

  @BeforeAll
  static void makeKeys() throws IOException, GeneralSecurityException {
    server = TestCertificate.make(directory, NAME, "DNS:" + NAME);
    client = TestCertificate.make(directory, "client.example", "DNS:client.example");
  }

  @AfterEach
  void stop() {
    given.close();
  }

  private String serve(ClientAuth clients) {
    HttpServer started =
        given.serve(
            server,
            client,
            clients,
            request -> request.response().end(String.valueOf(request.getHeader("Host"))));
    return "https://127.0.0.1:" + started.actualPort() + "/metrics";
  }

  private String fetch(String url, String tls) {
    return given.fetch(given.fetcher(directory, "tls_config: {" + tls + "}"), url);
  }

  @Test
  void trustsWhomTheConfigurationTrusts() {
    String url = serve(ClientAuth.NONE);
    assertThatThrownBy(() -> fetch(url, "server_name: " + NAME)).rootCause().isNotNull();
    assertThat(fetch(url, "ca_file: metrics.example.pem, server_name: " + NAME))
        .startsWith("127.0.0.1:");
  }

  @Test
  void checksTheNameOfTheServer() {
    String url = serve(ClientAuth.NONE);
    assertThatThrownBy(() -> fetch(url, "ca_file: metrics.example.pem"))
        .rootCause()
        .hasMessageContaining("127.0.0.1");
    assertThatThrownBy(() -> fetch(url, "ca_file: metrics.example.pem, server_name: other.example"))
        .rootCause()
        .hasMessageContaining("other.example");
  }

  @Test
  void checksNothingWhereTheConfigurationSaysSo() {
    assertThat(fetch(serve(ClientAuth.NONE), "insecure_skip_verify: true"))
        .startsWith("127.0.0.1:");
  }

  @Test
  void saysWhoItIs() {
    String url = serve(ClientAuth.REQUIRED);
    String trusting = "ca_file: metrics.example.pem, server_name: " + NAME;
    assertThatThrownBy(() -> fetch(url, trusting)).isNotNull();
    assertThat(
            fetch(url, trusting + ", cert_file: client.example.pem, key_file: client.example.key"))
        .startsWith("127.0.0.1:");
  }

  @Test
  void certificatesInFilesAreTakenAnew() throws IOException {
    String url = serve(ClientAuth.NONE);
    Path authority = Files.copy(client.pem(), directory.resolve("authority.pem"));
    Fetcher fetcher =
        given.fetcher(directory, "tls_config: {ca_file: authority.pem, server_name: " + NAME + "}");
    assertThatThrownBy(() -> given.fetch(fetcher, url)).isNotNull();
    Files.delete(authority);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThatThrownBy(() -> given.fetch(fetcher, url))
                .hasMessageContaining("unable to read file " + authority));
    Files.copy(server.pem(), authority, StandardCopyOption.REPLACE_EXISTING);
    assertThat(given.fetch(fetcher, url)).startsWith("127.0.0.1:");
  }
}
