package io.lookout.ingest.scrape.fetch;

import io.lookout.ingest.scrape.config.HttpAccess.Proxy;
import io.lookout.ingest.scrape.config.UrlAuthority;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which proxy leads to a server, by the rules of Go's {@code net/http/httpproxy}, which Prometheus
 * follows: without exceptions a configured proxy leads everywhere; the environment's, and one with
 * exceptions, never to this machine itself.
 */
record ProxyChoice(Optional<URI> http, Optional<URI> https, @Nullable NoProxy except) {
  private static final Logger LOG = LoggerFactory.getLogger(ProxyChoice.class);

  static ProxyChoice of(Proxy config, Map<String, String> environment) {
    if (config.fromEnvironment()) {
      return new ProxyChoice(
          variable(environment, "HTTP_PROXY").flatMap(ProxyChoice::url),
          variable(environment, "HTTPS_PROXY").flatMap(ProxyChoice::url),
          NoProxy.of(List.of(variable(environment, "NO_PROXY").orElse("").split("[, ]+"))));
    }
    return new ProxyChoice(
        config.url(), config.url(), config.except().isEmpty() ? null : NoProxy.of(config.except()));
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .or(() -> Optional.ofNullable(environment.get(name.toLowerCase(Locale.ROOT))))
        .filter(value -> !value.isBlank());
  }

  /** In the environment a proxy may stand without its scheme. */
  private static Optional<URI> url(String text) {
    String reason = "no host";
    try {
      URI url = new URI(text.contains("://") ? text.strip() : "http://" + text.strip());
      if (!UrlAuthority.of(url).host().isEmpty()) {
        return Optional.of(url);
      }
    } catch (URISyntaxException e) {
      reason = e.getReason();
    } catch (NumberFormatException e) {
      reason = "the port is no number";
    }
    // The text may hold a password.
    LOG.warn("HTTP_PROXY or HTTPS_PROXY is no URL, and not used: {}", reason);
    return Optional.empty();
  }

  /** Null where the way is straight. */
  @Nullable ProxyOptions forServer(boolean tls, String host, int port) {
    Optional<URI> proxy = tls ? https : http;
    return proxy.isEmpty() || (except != null && except.contains(host, port))
        ? null
        : options(proxy.get());
  }

  /** What a proxy is told of who is asking. */
  static Optional<String> authorization(ProxyOptions proxy) {
    if (proxy.getUsername() == null) {
      return Optional.empty();
    }
    String pair = proxy.getUsername() + ":" + proxy.getPassword();
    return Optional.of(
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }

  private static ProxyOptions options(URI url) {
    boolean socks = "socks5".equals(url.getScheme());
    UrlAuthority place = UrlAuthority.of(url);
    ProxyOptions options =
        new ProxyOptions()
            .setType(socks ? ProxyType.SOCKS5 : ProxyType.HTTP)
            .setHost(place.host())
            .setPort(place.port() < 0 ? (socks ? 1080 : 80) : place.port());
    place
        .user()
        .ifPresent(user -> {
          String[] parts = user.split(":", 2);
          options.setUsername(parts[0]).setPassword(parts.length > 1 ? parts[1] : "");
        });
    return options;
  }
}
