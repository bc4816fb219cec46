package io.lookout.ingest.scrape.fetch;

import io.lookout.ingest.scrape.config.HttpAccess.Tls;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.ProxyOptions;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Ways through an HTTP proxy that wants headers of its own with {@code CONNECT}, to servers that
 * speak TLS. Vert.x's client has no place for such headers, hence Netty's pieces: each request digs
 * its tunnel, which ends with the answer.
 *
 * @param headers for the proxy only; the server never sees them
 */
record Tunnels(Vertx vertx, Tls tls, Pems pems, Map<String, List<String>> headers) {

  /** Fails where the proxy or the server cannot be reached, or the answer does not end in time. */
  Future<Received> exchange(Call call, ProxyOptions proxy) {
    return vertx
        .executeBlocking(() -> new Way(resolved(proxy), TunnelTls.context(vertx, tls, pems)), false)
        .compose(way -> dig(call, proxy, way));
  }

  private record Way(InetSocketAddress proxy, SslContext tls) {}

  private static InetSocketAddress resolved(ProxyOptions proxy) {
    return new InetSocketAddress(proxy.getHost(), proxy.getPort());
  }

  private Future<Received> dig(Call call, ProxyOptions proxy, Way way) {
    Promise<Received> answer = Promise.promise();
    ChannelFuture connecting =
        new Bootstrap()
            .group(((VertxInternal) vertx).nettyEventLoopGroup())
            .channelFactory(NioSocketChannel::new)
            .disableResolver()
            .handler(pipeline(call, proxy, way, answer))
            .connect(InetSocketAddress.createUnresolved(call.host(), call.port()));
    connecting.addListener(done -> {
      if (done.cause() != null) {
        answer.tryFail(done.cause());
      }
    });
    Promise<Received> here = Promise.promise();
    var context = vertx.getOrCreateContext();
    answer
        .future()
        .timeout(call.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(done -> {
          connecting.addListener(ChannelFutureListener.CLOSE);
          context.runOnContext(run -> here.handle(done));
        });
    return here.future();
  }

  private ChannelInitializer<Channel> pipeline(
      Call call, ProxyOptions proxy, Way way, Promise<Received> answer) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        HttpProxyHandler connect = new HttpProxyHandler(way.proxy(), connectHeaders(proxy));
        connect.setConnectTimeoutMillis(call.timeout().toMillis());
        String name = tls.serverName().isEmpty() ? call.host() : tls.serverName();
        SslHandler secure = way.tls().newHandler(channel.alloc(), name, call.port());
        secure.setHandshakeTimeoutMillis(call.timeout().toMillis());
        channel
            .pipeline()
            .addLast(connect, secure, new HttpClientCodec(), new TunnelExchange(call, answer));
      }
    };
  }

  /** User and password of the proxy's URL come before a header that says the same. */
  private HttpHeaders connectHeaders(ProxyOptions proxy) {
    HttpHeaders all = new DefaultHttpHeaders();
    headers.forEach(all::add);
    all.remove(HttpHeaderNames.HOST);
    ProxyChoice.authorization(proxy)
        .ifPresent(value -> all.set(HttpHeaderNames.PROXY_AUTHORIZATION, value));
    return all;
  }
}
