package io.lookout.ingest.scrape.fetch;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a server.
 *
 * @param follow whether redirects are followed
 * @param limit bytes of the answer's body, as it comes
 * @param timeout of one exchange, without redirects
 */
record Call(
    HttpMethod method,
    URI url,
    MultiMap headers,
    Buffer body,
    boolean follow,
    long limit,
    Duration timeout) {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  boolean isSecure() {
    return "https".equals(url.getScheme());
  }

  /**
   * Without the brackets of an IPv6 address. Read from the text: {@link URI} knows no host with an
   * underscore, and containers have such names.
   */
  String host() {
    String place = place();
    String host = place.substring(0, hostEnd(place));
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  int port() {
    String place = place();
    String port = place.substring(Math.min(place.length(), hostEnd(place) + 1));
    return port.isEmpty() ? (isSecure() ? 443 : 80) : Integer.parseInt(port);
  }

  /** Host and port, without a user. */
  private String place() {
    String authority = String.valueOf(url.getRawAuthority());
    return authority.substring(authority.lastIndexOf('@') + 1);
  }

  private static int hostEnd(String place) {
    int colon = place.lastIndexOf(':');
    return colon > place.lastIndexOf(']') ? colon : place.length();
  }

  /** Path and query, as they go into the request line. */
  String target() {
    String path = url.getRawPath();
    String query = url.getRawQuery();
    return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
  }

  /**
   * Where a redirect leads, null for any other answer. Credentials stay with the host that they are
   * for.
   *
   * @throws IllegalArgumentException where the server names no URL
   */
  @Nullable Call after(Received received) {
    String location = received.headers().get("Location");
    if (!follow || location == null || !REDIRECTS.contains(received.status())) {
      return null;
    }
    URI to = url.resolve(location);
    MultiMap kept = MultiMap.caseInsensitiveMultiMap().addAll(headers);
    if (!Objects.equals(url.getAuthority(), to.getAuthority())) {
      kept.remove("Authorization");
    }
    return new Call(method, to, kept, body, true, limit, timeout);
  }
}
