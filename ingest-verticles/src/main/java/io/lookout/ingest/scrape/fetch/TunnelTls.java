package io.lookout.ingest.scrape.fetch;

import io.lookout.ingest.scrape.config.HttpAccess.Tls;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.vertx.core.Vertx;
import java.util.Set;

/** Makes of a configuration the TLS that Netty wants, from the parts that Vert.x's client uses. */
final class TunnelTls {
  private TunnelTls() {}

  /**
   * Blocks.
   *
   * @throws Exception as the certificates have it
   */
  static SslContext context(Vertx vertx, Tls tls, Pems pems) throws Exception {
    SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
    if (tls.insecure()) {
      builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
      builder.endpointIdentificationAlgorithm("");
    } else {
      builder.endpointIdentificationAlgorithm("HTTPS");
      if (!pems.authorities().isEmpty()) {
        builder.trustManager(pems.trust().getTrustManagerFactory(vertx));
      }
    }
    if (!pems.certificate().isEmpty()) {
      builder.keyManager(pems.identity().getKeyManagerFactory(vertx));
    }
    Set<String> versions = TlsVersions.between(tls.minVersion(), tls.maxVersion());
    if (!versions.isEmpty()) {
      builder.protocols(versions);
    }
    return builder.build();
  }
}
