package io.lookout.ingest.tcp;

import io.lookout.cluster.settings.ByteSize;
import io.lookout.cluster.settings.Setting;
import java.time.Duration;

/** Bounds of the listeners for protocols over bare TCP. Each holds for every listener by itself. */
public record TcpSettings(
    @Setting(
            name = "ingest.tcp.connections.max",
            defaultValue = "1024",
            help = "Connections that a TCP listener keeps open; further ones are closed at once.")
        int maxConnections,
    @Setting(
            name = "ingest.tcp.idle.timeout",
            defaultValue = "15m",
            help = "A TCP connection that brings nothing for so long is closed.")
        Duration idleTimeout,
    @Setting(
            name = "ingest.tcp.message.timeout",
            defaultValue = "30s",
            help = "How long a line or message may take from its first byte to its last.")
        Duration messageTimeout,
    @Setting(
            name = "ingest.tcp.line.limit",
            defaultValue = "64KiB",
            help = "The longest line that a TCP listener takes; a longer one ends its connection.")
        ByteSize lineLimit,
    @Setting(
            name = "ingest.tcp.patience",
            defaultValue = "5m",
            help =
                "How long a connection is paused while storage is away, before its samples are"
                    + " given up: senders over TCP cannot be told to come again.")
        Duration patience) {
  private static final long LARGEST_LINE = 64L << 20;

  public TcpSettings {
    if (maxConnections < 1) {
      throw new IllegalArgumentException("ingest.tcp.connections.max must be at least 1");
    }
    if (!idleTimeout.isPositive() || !messageTimeout.isPositive() || patience.isNegative()) {
      throw new IllegalArgumentException(
          "ingest.tcp.idle.timeout and ingest.tcp.message.timeout must be positive,"
              + " ingest.tcp.patience not negative");
    }
    if (lineLimit.bytes() < 1 || lineLimit.bytes() > LARGEST_LINE) {
      throw new IllegalArgumentException("ingest.tcp.line.limit must be between 1 and 64MiB");
    }
  }
}
