package io.lookout.cluster.http;

import io.lookout.cluster.settings.HostPort;
import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One server instance on one event loop. */
final class HttpVerticle extends VerticleBase {
  /** Long selectors travel in the request line of GET queries; as much as Prometheus takes. */
  private static final int MAX_LINE_BYTES = 1 << 20;

  private static final int MAX_HEADER_BYTES = 64 << 10;

  /** Query answers are repetitive text: the fastest level takes most of what there is to take. */
  private static final int GZIP_LEVEL = 1;

  private static final int GZIP_WINDOW = 15;
  private static final int GZIP_MEMORY = 8;

  private static final int SMALLEST_COMPRESSED_BYTES = 1 << 10;

  private final HttpSettings settings;
  private final Door door;
  private final ConnectionLimit connections;
  private final BoundPort port;
  private final SlowSenders senders;
  private @Nullable HttpServer server;

  /** Of the event loop alone. */
  private @Nullable Router router;

  /**
   * What is served where.
   *
   * @param number from 1, another for each port of the node
   * @param http2 whether HTTP/2 is spoken too
   * @param doorstep where connections are counted and timed before HTTP knows them; empty where it
   *     knows them from the start
   * @param early what is served while the node starts
   * @param endpoints what is served afterwards; asked when the shutter opens
   */
  record Door(
      int number,
      HostPort address,
      boolean http2,
      Optional<Doorstep> doorstep,
      List<Supplier<? extends HttpEndpoint>> early,
      Supplier<List<Supplier<? extends HttpEndpoint>>> endpoints,
      Shutter shutter) {}

  HttpVerticle(
      HttpSettings settings,
      Door door,
      ConnectionLimit connections,
      SlowSenders senders,
      BoundPort port) {
    this.settings = settings;
    this.senders = senders;
    this.door = door;
    this.connections = connections;
    this.port = port;
  }

  @Override
  public Future<?> start() {
    router = router(door.early());
    Promise<Void> servesAll = Promise.promise();
    door.shutter()
        .await(servesAll.future())
        .onSuccess(opened -> context.runOnContext(here -> serveAll(servesAll)));
    vertx.setPeriodic(senders.roundMillis(), round -> senders.check(System.nanoTime()));
    return vertx
        .createHttpServer(options())
        .connectionHandler(this::opened)
        .requestHandler(this::handle)
        .invalidRequestHandler(ErrorPages::refuse)
        .listen(socket())
        .onSuccess(listening -> {
          server = listening;
          port.set(listening.actualPort());
        });
  }

  private void serveAll(Promise<Void> done) {
    try {
      router = router(door.endpoints().get());
      done.complete();
    } catch (RuntimeException e) {
      done.fail(e);
    }
  }

  private Router router(List<Supplier<? extends HttpEndpoint>> endpoints) {
    Router made = Router.router(vertx);
    ErrorPages.install(made);
    endpoints.forEach(endpoint -> endpoint.get().mount(made));
    return made;
  }

  private void opened(HttpConnection connection) {
    connection.closeHandler(closed -> {
      if (door.doorstep().isEmpty()) {
        connections.closed();
      }
      senders.closed(connection);
    });
    senders.opened(connection, System.nanoTime());
    door.doorstep()
        .ifPresentOrElse(
            doorstep -> doorstep.entered(connection), () -> connections.opened(connection));
  }

  private void handle(HttpServerRequest request) {
    senders.asked(request, System.nanoTime());
    Objects.requireNonNull(router).handle(request);
  }

  /**
   * Decompression stays off: the server would take snappy for its framed format, and remote write
   * sends the block format. Nothing but gzip is offered: not all clients that accept deflate mean
   * the same by it, and Grafana cannot read zstd. HTTP/2 is off where nobody needs it: a connection
   * that may speak it is not known here before its first bytes, and has to be watched from the
   * doorstep.
   */
  private HttpServerOptions options() {
    return new HttpServerOptions()
        .setHttp2ClearTextEnabled(door.http2())
        // curl asks before it sends a long form, and waits for a second where nobody answers.
        .setHandle100ContinueAutomatically(true)
        .setMaxInitialLineLength(MAX_LINE_BYTES)
        .setMaxHeaderSize(MAX_HEADER_BYTES)
        .setInitialSettings(
            new Http2Settings().setMaxHeaderListSize(MAX_LINE_BYTES + MAX_HEADER_BYTES))
        .setIdleTimeout((int) settings.idleTimeout().toSeconds())
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setDecompressionSupported(false)
        // Nobody speaks WebSocket here: without these, requests pass by no handler for it.
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setCompressionSupported(true)
        .addCompressor(StandardCompressionOptions.gzip(GZIP_LEVEL, GZIP_WINDOW, GZIP_MEMORY))
        .setCompressionContentSizeThreshold(SMALLEST_COMPRESSED_BYTES);
  }

  /** All instances of the deployment share a free port, once the first has taken it. */
  private SocketAddress socket() {
    HostPort address = door.address();
    return address.port() == 0
        ? SocketAddress.sharedRandomPort(door.number(), address.host())
        : SocketAddress.inetSocketAddress(address.port(), address.host());
  }

  @Override
  public Future<?> stop() {
    return server == null
        ? Future.succeededFuture()
        : server.shutdown(settings.stopTimeout().toMillis(), TimeUnit.MILLISECONDS);
  }
}
