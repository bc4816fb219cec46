package io.lookout.storage;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.lookout.cluster.Breakdown;
import io.lookout.cluster.Node;
import io.lookout.cluster.Readiness;
import io.lookout.cluster.bus.Addresses;
import io.lookout.cluster.bus.Bus;
import io.lookout.cluster.http.HttpEdge;
import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.cluster.ring.LocalMembership;
import io.lookout.cluster.ring.Ring;
import io.lookout.cluster.settings.HostPort;
import io.lookout.cluster.settings.Settings;
import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.AdminRequest;
import io.lookout.model.bus.AdminResult;
import io.lookout.model.bus.SelectNext;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A node that plays the storage role alone, over a bus of its own, and what asks it. */
final class TestNode implements AutoCloseable {
  static final long NOW = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  final Vertx vertx = Vertx.vertx();
  final Bus bus = Bus.open(vertx);
  final LocalMembership membership = new LocalMembership();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final AtomicLong now = new AtomicLong(NOW);
  final Readiness readiness = new Readiness();
  private final StorageRole role = new StorageRole();
  private final Node node;

  TestNode(Path data, String... settings) {
    String[] all =
        Stream.concat(Stream.of("storage.shards=2"), Stream.of(settings)).toArray(String[]::new);
    node =
        new Node(
            "n1",
            vertx,
            bus,
            Settings.with(all),
            true,
            data,
            new NoEdge(),
            membership,
            meters,
            readiness,
            new Breakdown(),
            new TurnedClock(now));
  }

  /** A clock that the test turns. */
  private static final class TurnedClock extends Clock {
    private final AtomicLong millis;

    TurnedClock(AtomicLong millis) {
      this.millis = millis;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis.get());
    }
  }

  private static final class NoEdge implements HttpEdge {
    @Override
    public void add(Supplier<? extends HttpEndpoint> endpoint) {
      throw new AssertionError("storage has no endpoints");
    }

    @Override
    public void addIngest(Supplier<? extends HttpEndpoint> endpoint) {
      throw new AssertionError("storage has no endpoints");
    }

    @Override
    public void addPort(
        String setting, HostPort address, Supplier<? extends HttpEndpoint> endpoint) {
      throw new AssertionError("storage has no ports");
    }

    @Override
    public void addHttp2Port(
        String setting, HostPort address, Supplier<? extends HttpEndpoint> endpoint) {
      addPort(setting, address, endpoint);
    }

    @Override
    public Future<HostPort> listening() {
      return Future.failedFuture("nothing is served");
    }
  }

  TestNode start() {
    await(role.start(node));
    return this;
  }

  /** The result, or the failure as it is. */
  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().orTimeout(90, SECONDS).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Writes samples of one series to the shard that owns it: 0, 1, 2 … */
  void write(Labels labels, long from, long step, int count) {
    write(labels, from, step, count, 0);
  }

  /** As above, beginning with another value. */
  void write(Labels labels, long from, long step, int count, double first) {
    SeriesKey key = SeriesKey.of("t", labels);
    WriteBatch.Builder batch = new WriteBatch.Builder("t", count);
    int series = batch.series(key);
    for (int i = 0; i < count; i++) {
      batch.sample(series, from + i * step, first + i);
    }
    Ring.Owner owner = Ring.of(membership.storageNodes()).owner(key.fingerprint());
    WriteResult result =
        await(
            bus.request(
                Addresses.write(owner.nodeId(), owner.shard()),
                batch.build(),
                WriteResult.class,
                TIMEOUT));
    if (result.accepted() != count) {
      throw new AssertionError(result.toString());
    }
  }

  /** All parts of the answer. */
  List<SeriesChunks> select(SelectRequest request) {
    List<SeriesChunks> all = new ArrayList<>();
    Object question = request;
    while (true) {
      SelectResult part =
          await(bus.request(Addresses.select("n1"), question, SelectResult.class, TIMEOUT));
      all.addAll(part.series());
      if (part.cursor().isEmpty()) {
        return all;
      }
      question = new SelectNext(part.cursor());
    }
  }

  /** One of the node's own counters, summed up over its shards. */
  double counter(String name) {
    return meters.find(name).counters().stream().mapToDouble(Counter::count).sum();
  }

  /** Has the node do it; returns how many samples were deleted. */
  long admin(AdminRequest request) {
    return await(
            bus.request(Addresses.admin("n1"), request, AdminResult.class, TIMEOUT.multipliedBy(4)))
        .samples();
  }

  void stop() {
    await(role.stop());
  }

  @Override
  public void close() {
    stop();
    await(vertx.close());
  }
}
