package io.lookout.ingest.tcp;

import io.lookout.cluster.http.ListenException;
import io.lookout.cluster.settings.HostPort;
import io.lookout.ingest.intake.IntakeMeters;
import io.lookout.ingest.route.InFlight;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on a port for senders of one protocol. One event loop serves them all. To be deployed
 * once, after which {@link #address()} says where it listens.
 */
public final class TcpListener extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(TcpListener.class);

  /** How often connections are looked at for being idle or slow. */
  private static final Duration ROUND = Duration.ofSeconds(1);

  private final Door door;
  private final TcpProtocol protocol;
  private final TcpSettings settings;
  private final InFlight inFlight;
  private final AtomicInteger open = new AtomicInteger();
  private final TcpMeters meters;
  private final Set<TcpConnection> connections = new HashSet<>();
  private volatile HostPort address;

  /**
   * @param setting that holds the address, for messages
   */
  public record Door(String setting, HostPort address) {}

  public TcpListener(
      Door door,
      TcpProtocol protocol,
      TcpSettings settings,
      InFlight inFlight,
      IntakeMeters intake,
      MeterRegistry registry) {
    this.door = door;
    this.protocol = protocol;
    this.settings = settings;
    this.inFlight = inFlight;
    this.meters = new TcpMeters(registry, intake, protocol.name(), open);
    this.address = door.address();
  }

  @Override
  public Future<?> start() {
    long round =
        Math.clamp(
            Math.min(settings.idleTimeout().toMillis(), settings.messageTimeout().toMillis()) / 4,
            1,
            ROUND.toMillis());
    vertx.setPeriodic(round, tick -> checkTimes());
    return vertx
        .createNetServer(new NetServerOptions().setTcpKeepAlive(true))
        .connectHandler(this::connected)
        .listen(door.address().port(), door.address().host())
        .recover(failure ->
            Future.failedFuture(new ListenException(door.setting(), door.address(), failure)))
        .onSuccess(server -> {
          address = new HostPort(door.address().host(), server.actualPort());
          LOG.info("{} listens on {}", protocol.name(), address);
        });
  }

  /** Where it listens: with the real port where the system was asked for a free one. */
  public HostPort address() {
    return address;
  }

  private void connected(NetSocket socket) {
    if (open.incrementAndGet() > settings.maxConnections()) {
      meters.refused();
      socket.closeHandler(closed -> open.decrementAndGet());
      socket.close();
      return;
    }
    TcpConnection connection = new TcpConnection(socket, protocol, meters, inFlight);
    connections.add(connection);
    socket.closeHandler(closed -> {
      open.decrementAndGet();
      connections.remove(connection);
      connection.disconnected();
    });
    connection.start();
  }

  private void checkTimes() {
    long now = System.nanoTime();
    long idle = settings.idleTimeout().toNanos();
    long message = settings.messageTimeout().toNanos();
    for (TcpConnection each : new ArrayList<>(connections)) {
      each.checkTime(now, idle, message);
    }
  }
}
