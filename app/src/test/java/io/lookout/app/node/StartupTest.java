package io.lookout.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lookout.cluster.FreePort;
import io.lookout.cluster.Node;
import io.lookout.cluster.Role;
import io.lookout.cluster.http.BuildInfo;
import io.lookout.cluster.ring.Membership.StorageNode;
import io.lookout.cluster.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartupTest {
  @TempDir private Path directory = Path.of("");

  private final List<String> events = new ArrayList<>();

  /** Writes down what is asked of it. */
  private final class Noted implements Role {
    private final String name;
    private final boolean fails;

    Noted(String name, boolean fails) {
      this.name = name;
      this.fails = fails;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Future<Void> start(Node node) {
      events.add("start " + name);
      node.membership().announce(new StorageNode(node.id(), 1));
      return fails
          ? Future.failedFuture(new IllegalStateException("broken"))
          : Future.succeededFuture();
    }

    @Override
    public Future<Void> stop() {
      events.add("stop " + name);
      return Future.succeededFuture();
    }
  }

  private Startup startup(Role... roles) {
    Settings settings =
        Settings.with(
            "http.listen=127.0.0.1:0",
            "node.data=" + directory.resolve("data"),
            "node.port.file=" + directory.resolve("ports"));
    return new Startup(settings, List.of(roles), new BuildInfo("1", ""), new SplittableRandom(1));
  }

  /** Says that it cannot go on, as a role may at any time. */
  private record Breaking() implements Role {
    @Override
    public String name() {
      return "query";
    }

    @Override
    public Future<Void> start(Node node) {
      node.breakdown().report("this is broken");
      node.breakdown().report("and that");
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> stop() {
      return Future.succeededFuture();
    }
  }

  @Test
  void aRoleThatCannotGoOnIsHeard() {
    LookoutNode node = startup(new Noted("storage", false), new Breaking()).run();
    assertThat(node.brokenDown().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join())
        .isEqualTo("this is broken");
    node.stop();
    LookoutNode healthy = startup(new Noted("storage", false)).run();
    assertThat(healthy.brokenDown().toCompletableFuture()).isNotDone();
    healthy.stop();
  }

  @Test
  void startsInOrderAndStopsInReverse() throws IOException, InterruptedException {
    LookoutNode node = startup(new Noted("storage", false), new Noted("query", false)).run();
    int port = node.ports().http().port();
    assertThat(status(port, "/-/ready")).isEqualTo(200);
    assertThat(node.ports().gateway()).as("nobody takes anything in").isEmpty();
    assertThat(Files.readString(directory.resolve("ports"))).isEqualTo("http=" + port + "\n");
    node.stop();
    assertThat(events)
        .containsExactly("start storage", "start query", "stop query", "stop storage");
    assertThatThrownBy(() -> status(port, "/-/ready")).isInstanceOf(IOException.class);
    DataDirectory.open(directory.resolve("data")).close();
  }

  private static int status(int port, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void whileARoleStartsTheNodeTellsThatItIsAlive() throws Exception {
    int port = FreePort.find();
    Promise<Void> replayed = Promise.promise();
    Role slow =
        new Role() {
          @Override
          public String name() {
            return "query";
          }

          @Override
          public Future<Void> start(Node node) {
            return replayed.future();
          }

          @Override
          public Future<Void> stop() {
            return Future.succeededFuture();
          }
        };
    Settings settings = Settings.with("http.listen=127.0.0.1:" + port);
    Startup startup =
        new Startup(settings, List.of(slow), new BuildInfo("1", ""), new SplittableRandom(1));
    CompletableFuture<LookoutNode> started = CompletableFuture.supplyAsync(startup::run);
    await().ignoreExceptions().until(() -> status(port, "/-/healthy") == 200);
    assertThat(status(port, "/-/ready")).isEqualTo(503);
    assertThat(status(port, "/api/v1/query?query=1")).isEqualTo(503);
    assertThat(started).isNotDone();
    replayed.complete();
    LookoutNode node = started.get(60, TimeUnit.SECONDS);
    assertThat(status(port, "/-/ready")).isEqualTo(200);
    assertThat(status(port, "/api/v1/query?query=1")).isEqualTo(404);
    node.stop();
    assertThatThrownBy(() -> status(port, "/-/healthy")).isInstanceOf(IOException.class);
  }

  @Test
  void aRoleThatFailsTakesTheOthersDown() throws IOException {
    Startup startup = startup(new Noted("storage", false), new Noted("query", true));
    assertThatThrownBy(startup::run).hasMessageContaining("broken");
    assertThat(events)
        .containsExactly("start storage", "start query", "stop query", "stop storage");
    DataDirectory.open(directory.resolve("data")).close();
  }

  @Test
  void withoutStorageThereIsNoDataDirectory() {
    LookoutNode node = startup(new Noted("query", false)).run();
    node.stop();
    assertThat(directory.resolve("data")).doesNotExist();
  }
}
