package io.lookout.ingest.scrape.fetch;

import io.lookout.ingest.scrape.config.UrlAuthority;
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

  String host() {
    return UrlAuthority.of(url).host();
  }

  int port() {
    int port = UrlAuthority.of(url).port();
    return port >= 0 ? port : isSecure() ? 443 : 80;
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
