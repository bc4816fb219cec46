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
 */
public record HttpAccess(
    Optional<Credentials> authorization,
    Tls tls,
    Proxy proxy,
    Map<String, List<Secret>> headers,
    boolean followRedirects) {

  /** Nothing out of the ordinary. */
  public static final HttpAccess PLAIN =
      new HttpAccess(Optional.empty(), Tls.PLAIN, Proxy.NONE, Map.of(), true);

  /**
   * By which way servers are reached.
   *
   * @param url empty for no proxy, or the environment's
   * @param except hosts, domains and networks that are reached without it, as in the environment
   *     variable {@code NO_PROXY}
   * @param fromEnvironment whether {@code HTTP_PROXY}, {@code HTTPS_PROXY} and {@code NO_PROXY}
   *     decide
   * @param connectHeaders what the proxy is told with {@code CONNECT}, and the server is not
   */
  public record Proxy(
      Optional<URI> url,
      List<String> except,
      boolean fromEnvironment,
      Map<String, List<String>> connectHeaders) {
    public static final Proxy NONE = new Proxy(Optional.empty(), List.of(), false, Map.of());

    /** Without the headers, which may be secret. */
    @Override
    public String toString() {
      return "Proxy[except=" + except + ", fromEnvironment=" + fromEnvironment + "]";
    }
  }

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
        Proxy proxy)
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
