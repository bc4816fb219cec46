package io.lookout.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lookout.cluster.Node;
import io.lookout.cluster.Role;
import io.lookout.cluster.http.BuildInfo;
import io.lookout.cluster.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a role does wrong when it is told to stop, and what the node makes of it. */
class StopTest {
  @TempDir private Path directory = Path.of("");

  private final List<String> stopped = new CopyOnWriteArrayList<>();

  private record Stopping(String name, Supplier<Future<Void>> end) implements Role {
    @Override
    public Future<Void> start(Node node) {
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> stop() {
      return end.get();
    }
  }

  private Role good(String name) {
    return new Stopping(
        name,
        () -> {
          stopped.add(name);
          return Future.succeededFuture();
        });
  }

  private Startup startup(String timeout, Role... roles) {
    Settings settings =
        Settings.with(
            "http.listen=127.0.0.1:0",
            "node.stop.timeout=" + timeout,
            "node.data=" + directory.resolve("data"));
    return new Startup(settings, List.of(roles), new BuildInfo("1", ""), new SplittableRandom(1));
  }

  /** What is left where the role between two good ones does not stop: on a slow machine, more. */
  private void assertLeft(Supplier<Future<Void>> end) {
    Role bad = new Stopping("query", end);
    assertThat(startup("1s", good("storage"), bad, good("ingest")).run().stop())
        .contains("role query");
    await().untilAsserted(() -> assertThat(stopped).containsExactly("ingest", "storage"));
  }

  @Test
  void anOrderlyEndLeavesNothing() {
    assertThat(startup("60s", good("storage"), good("query")).run().stop()).isEmpty();
  }

  @Test
  void aRoleThatDoesNotStopIsNamedAndTheOthersStop() {
    assertLeft(() -> Promise.<Void>promise().future());
  }

  @Test
  void aRoleThatBlocksHoldsUpNothingElse() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    assertLeft(() -> {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      ended.countDown();
      return Future.succeededFuture();
    });
    end.countDown();
    ended.await();
  }

  @Test
  void aRoleWhoseClassesAreGoneHoldsUpNothingElse() {
    assertLeft(() -> {
      throw new NoClassDefFoundError("io/lookout/query/Gone");
    });
  }

  @Test
  void aStartThatEndsInAnErrorTakesTheOthersDown() {
    Role broken =
        new Role() {
          @Override
          public String name() {
            return "query";
          }

          @Override
          public Future<Void> start(Node node) {
            throw new NoClassDefFoundError("io/lookout/query/Gone");
          }

          @Override
          public Future<Void> stop() {
            return Future.succeededFuture();
          }
        };
    assertThatThrownBy(startup("60s", good("storage"), broken)::run).hasMessageContaining("Gone");
    assertThat(stopped).containsExactly("storage");
  }
}
