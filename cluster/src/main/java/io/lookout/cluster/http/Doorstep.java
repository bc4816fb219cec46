package io.lookout.cluster.http;

import io.micrometer.core.instrument.Counter;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpConnection;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The connections of one port that have been accepted: they count, and their time runs, before the
 * server knows which HTTP they speak. Thread-safe.
 */
final class Doorstep {
  private final long requestNanos;
  private final ConnectionLimit connections;
  private final Counter slow;

  /** Other ends of connections that the server has told of. */
  private final Set<Other> inside = ConcurrentHashMap.newKeySet();

  private record Other(String address, int port) {}

  Doorstep(HttpSettings settings, ConnectionLimit connections, Counter slow) {
    this.requestNanos = settings.requestTimeout().toNanos();
    this.connections = connections;
    this.slow = slow;
  }

  /**
   * A connection has come, and belongs to no event loop yet.
   *
   * @return whether it may stay
   */
  boolean accepted(Channel connection, EventLoop timers) {
    if (!connections.enter() || !(connection.remoteAddress() instanceof InetSocketAddress remote)) {
      connections.closed();
      return false;
    }
    Other other = new Other(remote.getAddress().getHostAddress(), remote.getPort());
    ScheduledFuture<?> end =
        timers.schedule(() -> endUnknown(connection, other), requestNanos, TimeUnit.NANOSECONDS);
    connection
        .closeFuture()
        .addListener(closed -> {
          end.cancel(false);
          inside.remove(other);
          connections.closed();
        });
    return true;
  }

  private void endUnknown(Channel connection, Other other) {
    if (connection.isOpen() && !inside.contains(other)) {
      slow.increment();
      connection.newSucceededFuture().addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** The server knows what is spoken on a connection. */
  void entered(HttpConnection connection) {
    var other = connection.remoteAddress();
    inside.add(new Other(String.valueOf(other.hostAddress()), other.port()));
  }
}
