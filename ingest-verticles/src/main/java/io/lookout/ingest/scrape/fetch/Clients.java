package io.lookout.ingest.scrape.fetch;

import io.lookout.ingest.scrape.config.HttpAccess.Tls;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.util.Set;

/** Makes HTTP clients as a configuration wants them. */
final class Clients {
  /** One exporter may stand for many targets, each of which takes its time. */
  private static final int CONNECTIONS_TO_A_HOST = 1000;

  /** Longer than usual intervals: a target need not be connected to again for each scrape. */
  private static final int IDLE_SECONDS = 300;

  private Clients() {}

  static HttpClient open(Vertx vertx, Tls tls, Pems pems) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setDecompressionSupported(false)
            .setKeepAliveTimeout(IDLE_SECONDS)
            .setVerifyHost(!tls.insecure())
            .setTrustAll(tls.insecure());
    Set<String> versions = TlsVersions.between(tls.minVersion(), tls.maxVersion());
    if (!versions.isEmpty()) {
      options.setEnabledSecureTransportProtocols(versions);
    }
    if (!pems.authorities().isEmpty()) {
      options.setTrustOptions(pems.trust());
    }
    if (!pems.certificate().isEmpty()) {
      options.setKeyCertOptions(pems.identity());
    }
    return vertx
        .httpClientBuilder()
        .with(options)
        .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS_TO_A_HOST))
        // Requests fail on their own; that a server drops an idle connection is no news.
        .withConnectHandler(connection -> connection.exceptionHandler(reset -> {}))
        .build();
  }
}
