package io.lookout.ingest.scrape.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an HTTP server is spoken to: credentials, TLS, proxy, headers.
 *
 * @param authorization what the header {@code Authorization} says
 * @param headers added to each request, each name with its values
 * @param noProxy hosts, suffixes and networks that are reached without the proxy
 */
public record HttpAccess(
    Optional<Credentials> authorization,
    Tls tls,
    Optional<URI> proxy,
    List<String> noProxy,
    Map<String, List<Secret>> proxyHeaders,
    Map<String, List<Secret>> headers,
    boolean followRedirects) {

  /** Nothing out of the ordinary. */
  public static final HttpAccess PLAIN =
      new HttpAccess(
          Optional.empty(), Tls.PLAIN, Optional.empty(), List.of(), Map.of(), Map.of(), true);

  /** A text that stands in the configuration, or in a file that is read for each use. */
  public sealed interface Secret {
    /** As it was written. */
    record Inline(String value) implements Secret {
      @Override
      public String toString() {
        return "<secret>";
      }
    }

    /** The content of a file, without blanks around it. */
    record InFile(Path path) implements Secret {}
  }

  /** Who is asking. */
  public sealed interface Credentials {
    /** User and password. */
    record Basic(Secret user, Secret password) implements Credentials {}

    /** A type, {@code Bearer} mostly, and what follows it. */
    record Token(String type, Secret value) implements Credentials {}

    /** A token that is fetched from a token endpoint by client credentials. */
    record OAuth2(
        String clientId,
        Secret clientSecret,
        URI tokenUrl,
        List<String> scopes,
        Map<String, String> parameters,
        Tls tls,
        Optional<URI> proxy)
        implements Credentials {}
  }

  /**
   * Whom to trust, and who we are.
   *
   * @param authorities PEM; empty for those of the Java platform
   * @param certificate PEM; with its key, or empty
   * @param serverName for SNI and the check of the certificate; empty for the host of the URL
   */
  public record Tls(
      Optional<Secret> authorities,
      Optional<Secret> certificate,
      Optional<Secret> key,
      String serverName,
      boolean insecure,
      String minVersion,
      String maxVersion) {
    public static final Tls PLAIN =
        new Tls(Optional.empty(), Optional.empty(), Optional.empty(), "", false, "", "");
  }
}
