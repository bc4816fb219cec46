package io.lookout.ingest.scrape.fetch;

import io.lookout.ingest.scrape.config.HttpAccess.Secret;
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
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes HTTP clients as a configuration wants them. */
final class Clients {
  private static final List<String> VERSIONS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");
  private static final int CONNECTIONS_TO_A_HOST = 8;

  private Clients() {}

  /** Fails where certificates cannot be read. */
  static Future<HttpClient> open(Vertx vertx, Tls tls, Optional<URI> proxy, List<String> noProxy) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setDecompressionSupported(false)
            .setVerifyHost(!tls.insecure())
            .setTrustAll(tls.insecure());
    proxy.ifPresent(url -> options.setProxyOptions(proxy(url)));
    noProxy.forEach(options::addNonProxyHost);
    setVersions(options, tls);
    return trust(vertx, tls, options)
        .compose(done -> identity(vertx, tls, options))
        .map(done ->
            vertx
                .httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS_TO_A_HOST))
                .withRedirectHandler(Clients::redirect)
                .build());
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

  private static ProxyOptions proxy(URI url) {
    ProxyOptions options =
        new ProxyOptions()
            .setType("socks5".equals(url.getScheme()) ? ProxyType.SOCKS5 : ProxyType.HTTP)
            .setHost(String.valueOf(url.getHost()))
            .setPort(url.getPort() < 0 ? 80 : url.getPort());
    String user = url.getUserInfo();
    if (user != null) {
      String[] parts = user.split(":", 2);
      options.setUsername(parts[0]).setPassword(parts.length > 1 ? parts[1] : "");
    }
    return options;
  }

  private static Future<Void> trust(Vertx vertx, Tls tls, HttpClientOptions options) {
    if (tls.authorities().isEmpty()) {
      return Future.succeededFuture();
    }
    return Secrets.read(vertx, tls.authorities().get())
        .onSuccess(
            pem -> options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(pem))))
        .mapEmpty();
  }

  private static Future<Void> identity(Vertx vertx, Tls tls, HttpClientOptions options) {
    List<Future<String>> pems = new ArrayList<>();
    for (Optional<Secret> each : List.of(tls.certificate(), tls.key())) {
      each.ifPresent(secret -> pems.add(Secrets.read(vertx, secret)));
    }
    return Future.all(pems)
        .onSuccess(read -> {
          if (pems.size() == 2) {
            options.setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(pems.get(0).result()))
                    .addKeyValue(Buffer.buffer(pems.get(1).result())));
          }
        })
        .mapEmpty();
  }

  /** Credentials stay with the host that they are for. */
  private static @Nullable Future<RequestOptions> redirect(HttpClientResponse response) {
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
        new RequestOptions().setAbsoluteURI(to.toString()).setHeaders(headers));
  }
}
