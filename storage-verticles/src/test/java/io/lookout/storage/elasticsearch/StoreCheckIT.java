package io.lookout.storage.elasticsearch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.cluster.engine.EngineProcess;
import io.lookout.cluster.engine.Engines;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code lookout check store} does, with every engine that is there. */
class StoreCheckIT {
  private final Vertx vertx = Vertx.vertx();

  static List<Path> engines() {
    return Engines.all();
  }

  @AfterEach
  void close() {
    done(vertx.close());
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(60, SECONDS).join();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("engines")
  void everyStepSucceedsAndNothingIsLeftBehind(Path kind) {
    EngineProcess engine = Engines.shared(kind);
    String name = TestStores.freshName();
    List<String> steps = new ArrayList<>();

    done(StoreCheck.run(vertx, TestStores.settings(engine.url(), "index=" + name), steps::add));

    assertThat(steps).hasSize(7).allMatch(step -> step.startsWith("ok  "));
    String version = kind.getFileName().toString().replaceFirst(".*-(\\d+\\.\\d+).*", "$1");
    assertThat(steps.getFirst()).contains(" " + version + " answers");
    assertThat(engine.json("GET", "/" + name + "/_count", "").getLong("count")).isZero();
    assertThat(engine.status("GET", "/" + name + "-check", "")).isEqualTo(404);
  }
}
