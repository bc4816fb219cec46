package io.lookout.ingest.scrape.fetch;

import io.lookout.ingest.scrape.config.HttpAccess.Secret;
import io.lookout.ingest.scrape.config.HttpAccess.Tls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.Optional;

/**
 * Certificates and a key as they are now, in PEM; empty where there are none.
 *
 * @param authorities whom to trust
 * @param certificate who we are
 */
record Pems(String authorities, String certificate, String key) {
  /** Fails where a file cannot be read, and names it. */
  static Future<Pems> read(Vertx vertx, Tls tls) {
    Future<String> authorities = read(vertx, tls.authorities());
    Future<String> certificate = read(vertx, tls.certificate());
    Future<String> key = read(vertx, tls.key());
    return Future.all(authorities, certificate, key)
        .map(done -> new Pems(authorities.result(), certificate.result(), key.result()));
  }

  private static Future<String> read(Vertx vertx, Optional<Secret> secret) {
    return secret.isEmpty() ? Future.succeededFuture("") : Secrets.read(vertx, secret.get());
  }

  /** Whether they stand in files, and may therefore change. */
  static boolean mayChange(Tls tls) {
    return tls.authorities().orElse(null) instanceof Secret.InFile
        || tls.certificate().orElse(null) instanceof Secret.InFile
        || tls.key().orElse(null) instanceof Secret.InFile;
  }

  PemTrustOptions trust() {
    return new PemTrustOptions().addCertValue(Buffer.buffer(authorities));
  }

  PemKeyCertOptions identity() {
    return new PemKeyCertOptions()
        .addCertValue(Buffer.buffer(certificate))
        .addKeyValue(Buffer.buffer(key));
  }

  @Override
  public String toString() {
    return "<secret>";
  }
}
