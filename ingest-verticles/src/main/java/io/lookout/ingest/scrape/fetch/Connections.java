package io.lookout.ingest.scrape.fetch;

import io.lookout.ingest.scrape.config.HttpAccess.Proxy;
import io.lookout.ingest.scrape.config.HttpAccess.Tls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections that one configuration wants: certificates that are rotated count from the next
 * request on, and each request takes the way that its URL demands. Stays on one context.
 */
final class Connections {
  /** Files of certificates are read again at most so often. */
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What is under way with the old certificates has so long to end. */
  private static final long FAREWELL_SECONDS = 60;

  private final Vertx vertx;
  private final Tls tls;
  private final ProxyChoice proxies;
  private @Nullable Pems pems;
  private @Nullable HttpClient client;
  private Future<HttpClient> opening = Future.failedFuture("not open yet");
  private long opened;

  Connections(Vertx vertx, Tls tls, Proxy proxy) {
    this.vertx = vertx;
    this.tls = tls;
    this.proxies = ProxyChoice.of(proxy, System.getenv());
  }

  /** Fails where certificates cannot be read; the next request tries again. */
  Future<HttpClientRequest> request(RequestOptions options) {
    return client().compose(http -> http.request(route(options)));
  }

  private Future<HttpClient> client() {
    boolean due = Pems.mayChange(tls) && System.nanoTime() - opened > LOOK_NANOS;
    if (opening.isComplete() && (due || opening.failed())) {
      opened = System.nanoTime();
      opening = Pems.read(vertx, tls).map(this::open);
    }
    return opening;
  }

  private HttpClient open(Pems read) {
    HttpClient known = client;
    if (known != null && read.equals(pems)) {
      return known;
    }
    HttpClient fresh = Clients.open(vertx, tls, read, this::route);
    if (known != null) {
      known.shutdown(FAREWELL_SECONDS, TimeUnit.SECONDS);
    }
    pems = read;
    client = fresh;
    return fresh;
  }

  /** Sets the proxy, and the name that the certificate of the server must have. */
  private RequestOptions route(RequestOptions options) {
    boolean secure = Boolean.TRUE.equals(options.isSsl());
    String host = options.getHost();
    int port = options.getPort();
    ProxyOptions proxy = proxies.forServer(secure, host, port);
    if (proxy != null) {
      options.setProxyOptions(proxy);
    }
    if (secure && !tls.serverName().isEmpty()) {
      options
          .setServer(SocketAddress.inetSocketAddress(port, host))
          .putHeader("Host", host + ":" + port)
          .setHost(tls.serverName());
    }
    return options;
  }

  void close() {
    opening.onSuccess(HttpClient::close);
  }
}
