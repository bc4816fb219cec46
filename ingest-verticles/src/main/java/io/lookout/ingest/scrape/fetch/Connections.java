package io.lookout.ingest.scrape.fetch;

import io.lookout.ingest.scrape.config.HttpAccess.Proxy;
import io.lookout.ingest.scrape.config.HttpAccess.Tls;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.SocketAddress;
import java.net.ConnectException;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections that one configuration wants: certificates that are rotated count from the next
 * request on, and each request, those after a redirect too, takes the way that its URL demands.
 * Stays on one context.
 */
final class Connections {
  /** Files of certificates are read again at most so often. */
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What is under way with the old certificates has so long to end. */
  private static final long FAREWELL_SECONDS = 60;

  private static final int MAX_REDIRECTS = 10;

  private final Vertx vertx;
  private final Tls tls;
  private final Proxy proxy;
  private final ProxyChoice proxies;
  private @Nullable Pems pems;
  private @Nullable HttpClient client;
  private Future<HttpClient> opening = Future.failedFuture("not open yet");
  private long opened;

  Connections(Vertx vertx, Tls tls, Proxy proxy) {
    this.vertx = vertx;
    this.tls = tls;
    this.proxy = proxy;
    this.proxies = ProxyChoice.of(proxy, System.getenv());
  }

  /** Fails where certificates cannot be read; the next request tries again. */
  Future<Received> exchange(Call call) {
    return exchange(call, 0);
  }

  private Future<Received> exchange(Call call, int redirects) {
    return client()
        .compose(http -> once(http, call))
        .compose(received -> {
          Call next = call.after(received);
          if (next == null) {
            return Future.succeededFuture(received);
          }
          return redirects < MAX_REDIRECTS
              ? exchange(next, redirects + 1)
              : Future.failedFuture(
                  new LookoutException(
                      ErrorCode.UNAVAILABLE, "stopped after " + MAX_REDIRECTS + " redirects"));
        });
  }

  private Future<Received> once(HttpClient http, Call call) {
    ProxyOptions through = proxies.forServer(call.isSecure(), call.host(), call.port());
    if (through != null
        && through.getType() == ProxyType.HTTP
        && call.isSecure()
        && !proxy.connectHeaders().isEmpty()
        && pems != null) {
      return new Tunnels(vertx, tls, pems, proxy.connectHeaders()).exchange(call, through);
    }
    return head(http, call, through)
        .recover(failure ->
            isHungUp(failure) && call.method().equals(HttpMethod.GET)
                ? head(http, call, through)
                : Future.failedFuture(failure))
        .compose(response ->
            Bodies.read(response, call.limit())
                .timeout(call.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> response.request().reset()));
  }

  private Future<HttpClientResponse> head(
      HttpClient http, Call call, @Nullable ProxyOptions through) {
    return http.request(options(call, through))
        .compose(request ->
            request
                .send(call.body())
                .timeout(call.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> request.reset()));
  }

  /**
   * Whether a server has closed the connection instead of answering: it may have been about to, as
   * servers do with idle ones, when the request came. Then once more, on another one.
   */
  private static boolean isHungUp(Throwable failure) {
    return failure instanceof HttpClosedException
        || (failure instanceof SocketException && !(failure instanceof ConnectException));
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
    HttpClient fresh = Clients.open(vertx, tls, read);
    if (known != null) {
      known.shutdown(FAREWELL_SECONDS, TimeUnit.SECONDS);
    }
    pems = read;
    client = fresh;
    return fresh;
  }

  /** With the proxy, and the name that the certificate of the server must have. */
  private RequestOptions options(Call call, @Nullable ProxyOptions through) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().addAll(call.headers());
    RequestOptions options =
        new RequestOptions()
            .setMethod(call.method())
            .setAbsoluteURI(call.url().toString())
            .setHeaders(headers);
    if (through != null) {
      options.setProxyOptions(through);
    }
    if (call.isSecure() && !tls.serverName().isEmpty()) {
      String host = options.getHost();
      options
          .setServer(SocketAddress.inetSocketAddress(call.port(), host))
          .putHeader("Host", host + ":" + call.port())
          .setHost(tls.serverName());
    }
    return options;
  }

  void close() {
    opening.onSuccess(HttpClient::close);
  }
}
