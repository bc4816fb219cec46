package io.lookout.cluster.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.nio.NioIoHandler;
import io.vertx.core.Vertx;
import io.vertx.core.impl.transports.NioTransport;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.transport.Transport;
import java.net.InetSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Java's own sockets, by event loops that {@linkplain LingeringSelect linger}, with an eye on
 * connections from the moment they are accepted: where HTTP/2 may be spoken, Vert.x tells of one
 * only when its first bytes have shown which HTTP it is. Thread-safe.
 */
public final class AcceptingTransport extends NioTransport {
  private final Map<Integer, Doorstep> doorsteps = new ConcurrentHashMap<>();
  private final Acceptor acceptor = new Acceptor();

  private AcceptingTransport() {}

  /** For the builder of one Vert.x. */
  public static Transport make() {
    AcceptingTransport made = new AcceptingTransport();
    return new Transport() {
      @Override
      public String name() {
        return "nio";
      }

      @Override
      public boolean available() {
        return made.isAvailable();
      }

      @Override
      public Throwable unavailabilityCause() {
        return made.unavailabilityCause();
      }

      @Override
      public io.vertx.core.spi.transport.Transport implementation() {
        return made;
      }
    };
  }

  /** That of this Vert.x, where it was made with one. */
  static Optional<AcceptingTransport> of(Vertx vertx) {
    return ((VertxInternal) vertx).transport() instanceof AcceptingTransport own
        ? Optional.of(own)
        : Optional.empty();
  }

  /** From now on connections to this port are told to the doorstep. */
  void watch(int port, Doorstep doorstep) {
    doorsteps.put(port, doorstep);
  }

  /** Where there is one processor, whoever looks for work keeps others from theirs. */
  @Override
  public IoHandlerFactory ioHandlerFactory() {
    return Runtime.getRuntime().availableProcessors() == 1
        ? super.ioHandlerFactory()
        : NioIoHandler.newFactory(
            SelectorProvider.provider(), () -> new LingeringSelect(System::nanoTime));
  }

  @Override
  public void configure(TcpConfig config, boolean domainSocket, ServerBootstrap bootstrap) {
    super.configure(config, domainSocket, bootstrap);
    bootstrap.handler(acceptor);
  }

  /** Sees each connection of a listening socket before anybody reads from it. */
  @Sharable
  private final class Acceptor extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
      if (accepted instanceof Channel connection
          && context.channel().localAddress() instanceof InetSocketAddress local) {
        Doorstep doorstep = doorsteps.get(local.getPort());
        if (doorstep != null && !doorstep.accepted(connection, context.channel().eventLoop())) {
          connection.unsafe().closeForcibly();
          return;
        }
      }
      context.fireChannelRead(accepted);
    }
  }
}
