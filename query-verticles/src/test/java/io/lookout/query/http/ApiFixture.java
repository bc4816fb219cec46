package io.lookout.query.http;

import io.lookout.cluster.bus.Bus;
import io.lookout.cluster.http.BuildInfo;
import io.lookout.cluster.http.BuildInfoEndpoint;
import io.lookout.cluster.http.HttpSettings;
import io.lookout.cluster.http.ServerEdge;
import io.lookout.cluster.ring.LocalMembership;
import io.lookout.cluster.ring.Membership.StorageNode;
import io.lookout.cluster.settings.Settings;
import io.lookout.query.run.QueryRunner;
import io.lookout.query.run.QuerySettings;
import io.lookout.query.run.QueryWorkers;
import io.lookout.query.select.LabelClient;
import io.lookout.query.select.SelectClient;
import io.lookout.query.select.TargetClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The query API over a {@link TestStorage}, behind the real server, on a port of its own. */
final class ApiFixture implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final WarmUp warmUp;
  private final HttpClient client = HttpClient.newHttpClient();
  private final QueryWorkers workers;
  private final int port;
  final TestStorage storage = new TestStorage();
  final LocalMembership membership = new LocalMembership();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  ApiFixture(String... assignments) {
    this(Settings.with(assignments));
  }

  ApiFixture(Settings settings) {
    Bus bus = Bus.open(vertx);
    membership.announce(new StorageNode("storage", 1));
    await(storage.listen(bus, "storage"));
    QuerySettings query = settings.of(QuerySettings.class);
    workers = new QueryWorkers(query.concurrency());
    SelectClient select = new SelectClient(bus, membership);
    QueryRunner runner = new QueryRunner(vertx, query, select, workers, meters);
    LabelClient labels = new LabelClient(bus, membership);
    Clock clock = Clock.fixed(Instant.ofEpochSecond(60), ZoneOffset.UTC);
    warmUp = new WarmUp(settings, meters, clock, runner);
    ServerEdge edge =
        new ServerEdge(
            vertx, Settings.with("http.listen=127.0.0.1:0").of(HttpSettings.class), meters);
    edge.add(() ->
        new QueryApi(settings, meters, clock, runner, workers, select, labels, clock.instant()));
    edge.add(() -> new TargetsEndpoint(query, meters, new TargetClient(bus, List::of)));
    edge.add(() -> new BuildInfoEndpoint(new BuildInfo("1.2.3", "abc")));
    await(edge.open(router -> {}));
    port = await(edge.serve()).port();
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + pathAndQuery));
  }

  HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Vertx vertx() {
    return vertx;
  }

  WarmUp warmUp() {
    return warmUp;
  }

  int port() {
    return port;
  }

  HttpClient client() {
    return client;
  }

  HttpResponse<byte[]> get(String pathAndQuery) {
    return send(request(pathAndQuery).build());
  }

  HttpResponse<byte[]> post(String pathAndQuery, String form) {
    return send(
        request(pathAndQuery)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build());
  }

  @Override
  public void close() {
    workers.close();
    await(vertx.close());
  }
}
