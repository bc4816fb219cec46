package io.lookout.ingest;

import io.lookout.cluster.Node;
import io.lookout.cluster.settings.HostPort;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.graphite.GraphiteConversation;
import io.lookout.ingest.graphite.GraphiteSettings;
import io.lookout.ingest.intake.Intake;
import io.lookout.ingest.intake.IntakeMeters;
import io.lookout.ingest.openfalcon.OpenFalconSettings;
import io.lookout.ingest.openfalcon.RpcConversation;
import io.lookout.ingest.opentsdb.TelnetConversation;
import io.lookout.ingest.opentsdb.TelnetSettings;
import io.lookout.ingest.route.InFlight;
import io.lookout.ingest.tcp.TcpIntake;
import io.lookout.ingest.tcp.TcpListener;
import io.lookout.ingest.tcp.TcpListener.Door;
import io.lookout.ingest.tcp.TcpProtocol;
import io.lookout.ingest.tcp.TcpSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The listeners for protocols over bare TCP: those that are switched on. */
final class TcpProtocols {
  private final Vertx vertx;
  private final Map<String, TcpListener> listeners = new ConcurrentHashMap<>();

  /**
   * What listeners work with.
   *
   * @param workers that decode large messages
   */
  record Parts(
      Node node,
      PointBatches batches,
      InFlight inFlight,
      Intake intake,
      IntakeMeters meters,
      WorkerExecutor workers) {
    <T extends Record> T settings(Class<T> type) {
      return node.settings().of(type);
    }
  }

  private record Wanted(Door door, TcpProtocol protocol) {}

  private TcpProtocols(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Fails with a {@code ListenException} where a port cannot be had. */
  static Future<TcpProtocols> start(Parts parts) {
    TcpProtocols protocols = new TcpProtocols(parts.node().vertx());
    Future<Void> all = Future.succeededFuture();
    for (Wanted each : wanted(parts)) {
      all = all.compose(before -> protocols.listen(parts, each));
    }
    return all.map(protocols)
        .recover(failure -> protocols.stop().transform(stopped -> Future.failedFuture(failure)));
  }

  private static List<Wanted> wanted(Parts parts) {
    List<Wanted> wanted = new ArrayList<>();
    int lineLimit = (int) parts.settings(TcpSettings.class).lineLimit().bytes();
    TcpIntake intake = intake(parts);
    GraphiteSettings graphite = parts.settings(GraphiteSettings.class);
    if (graphite.enabled()) {
      wanted.add(
          new Wanted(
              new Door("graphite.listen", graphite.listen()),
              GraphiteConversation.protocol(
                  parts.batches(), graphite.tenant(), intake, parts.node().clock(), lineLimit)));
    }
    TelnetSettings telnet = parts.settings(TelnetSettings.class);
    if (telnet.enabled()) {
      wanted.add(
          new Wanted(
              new Door("opentsdb.telnet.listen", telnet.listen()),
              TelnetConversation.protocol(
                  parts.batches(), telnet.tenant(), intake, parts.node().clock(), lineLimit)));
    }
    OpenFalconSettings falcon = parts.settings(OpenFalconSettings.class);
    if (falcon.enabled()) {
      wanted.add(
          new Wanted(
              new Door("openfalcon.listen", falcon.listen()),
              RpcConversation.protocol(parts.batches(), falcon, intake, parts.node().clock())));
    }
    return wanted;
  }

  private static TcpIntake intake(Parts parts) {
    IngestSettings ingest = parts.settings(IngestSettings.class);
    return new TcpIntake(
        parts.node().vertx(),
        parts.intake(),
        parts.meters(),
        parts.workers(),
        new TcpIntake.Limits(
            (int) Math.min(ingest.inlineLimit().bytes(), Integer.MAX_VALUE),
            parts.settings(TcpSettings.class).patience().toMillis()));
  }

  private Future<Void> listen(Parts parts, Wanted wanted) {
    TcpListener listener =
        new TcpListener(
            wanted.door(),
            wanted.protocol(),
            parts.settings(TcpSettings.class),
            parts.inFlight(),
            parts.meters(),
            parts.node().meters());
    return vertx
        .deployVerticle(listener)
        .onSuccess(deployed -> listeners.put(wanted.door().setting(), listener))
        .mapEmpty();
  }

  /** Where is listened, by the settings that hold the addresses. */
  Map<String, HostPort> addresses() {
    Map<String, HostPort> addresses = new ConcurrentHashMap<>();
    listeners.forEach((setting, listener) -> addresses.put(setting, listener.address()));
    return addresses;
  }

  /** Takes no more; what was read before is still brought to its end. */
  Future<Void> stop() {
    List<Future<Void>> stops = new ArrayList<>();
    listeners.values().forEach(listener -> stops.add(vertx.undeploy(listener.deploymentID())));
    listeners.clear();
    return Future.join(stops).mapEmpty();
  }
}
