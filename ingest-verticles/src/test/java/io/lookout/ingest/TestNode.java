package io.lookout.ingest;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.lookout.cluster.Breakdown;
import io.lookout.cluster.Node;
import io.lookout.cluster.Readiness;
import io.lookout.cluster.bus.Bus;
import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.cluster.ring.LocalMembership;
import io.lookout.cluster.ring.Membership.StorageNode;
import io.lookout.cluster.settings.SettingsBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** The ingest role on a node of its own, with shards that only pretend. */
final class TestNode implements AutoCloseable {
  static final String ID = "node-1";
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  final Vertx vertx = Vertx.vertx();
  final Bus bus = Bus.open(vertx);
  final LocalMembership membership = new LocalMembership();
  final TestShards shards = new TestShards();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final TestEdge edge = new TestEdge(vertx);
  final IngestRole role = new IngestRole();
  int port;

  /** Starts with these settings, as a file has them. */
  static TestNode start(String yaml) {
    return start(yaml, router -> {});
  }

  /** The same with an endpoint of the test's own. */
  static TestNode start(String yaml, HttpEndpoint endpoint) {
    TestNode node = new TestNode();
    node.edge.add(() -> endpoint);
    node.membership.announce(new StorageNode(ID, 3));
    SettingsBinder settings = new SettingsBinder(node.role.settings()).yaml("test.yaml", yaml);
    Node facts =
        new Node(
            ID,
            node.vertx,
            node.bus,
            settings.bind(),
            true,
            Path.of("data"),
            node.edge,
            node.membership,
            node.meters,
            new Readiness(),
            new Breakdown(),
            Clock.fixed(NOW, ZoneOffset.UTC));
    await(node.shards.open(node.bus, ID, 3));
    await(node.role.start(facts));
    node.port = await(node.edge.listen()).actualPort();
    return node;
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  double count(String meter, String... tags) {
    return meters.find(meter).tags(tags).counters().stream().mapToDouble(c -> c.count()).sum();
  }

  double gauge(String meter) {
    return meters.get(meter).gauge().value();
  }

  @Override
  public void close() {
    await(role.stop());
    await(vertx.close());
  }
}
