package io.lookout.ingest.scrape.fetch;

import io.lookout.ingest.scrape.config.HttpAccess.Tls;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes HTTP clients as a configuration wants them. */
final class Clients {
  private static final List<String> VERSIONS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");
  private static final int CONNECTIONS_TO_A_HOST = 8;

  private Clients() {}

  /**
   * @param route what is set for each request, those after a redirect too
   */
  static HttpClient open(Vertx vertx, Tls tls, Pems pems, UnaryOperator<RequestOptions> route) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setDecompressionSupported(false)
            .setVerifyHost(!tls.insecure())
            .setTrustAll(tls.insecure());
    setVersions(options, tls);
    if (!pems.authorities().isEmpty()) {
      options.setTrustOptions(
          new PemTrustOptions().addCertValue(Buffer.buffer(pems.authorities())));
    }
    if (!pems.certificate().isEmpty()) {
      options.setKeyCertOptions(
          new PemKeyCertOptions()
              .addCertValue(Buffer.buffer(pems.certificate()))
              .addKeyValue(Buffer.buffer(pems.key())));
    }
    return vertx
        .httpClientBuilder()
        .with(options)
        .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS_TO_A_HOST))
        .withRedirectHandler(response -> redirect(response, route))
        // Requests fail on their own; that a server drops an idle connection is no news.
        .withConnectHandler(connection -> connection.exceptionHandler(reset -> {}))
        .build();
  }

  private static void setVersions(HttpClientOptions options, Tls tls) {
    if (!tls.minVersion().isEmpty() || !tls.maxVersion().isEmpty()) {
      int from = Math.max(0, VERSIONS.indexOf(tls.minVersion()));
      int to =
          tls.maxVersion().isEmpty() ? VERSIONS.size() : VERSIONS.indexOf(tls.maxVersion()) + 1;
      options.setEnabledSecureTransportProtocols(
          Set.copyOf(VERSIONS.subList(from, Math.max(from, to))));
    }
  }

  /** Credentials stay with the host that they are for. */
  private static @Nullable Future<RequestOptions> redirect(
      HttpClientResponse response, UnaryOperator<RequestOptions> route) {
    String location = response.getHeader("Location");
    int status = response.statusCode();
    if (location == null || !Set.of(301, 302, 303, 307, 308).contains(status)) {
      return null;
    }
    URI from = URI.create(response.request().absoluteURI());
    URI to = from.resolve(location);
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().addAll(response.request().headers());
    headers.remove("Host");
    if (!String.valueOf(from.getAuthority()).equals(to.getAuthority())) {
      headers.remove("Authorization");
    }
    return Future.succeededFuture(
        route.apply(new RequestOptions().setAbsoluteURI(to.toString()).setHeaders(headers)));
  }
}
