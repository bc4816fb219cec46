package io.lookout.query.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class QueryWorkersTest {
  /** Whoever leaves his turn to others when the answer comes would keep it for ever. */
  @Test
  void workThatNeedsMoreMemoryThanThereIsFails() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (QueryWorkers workers = new QueryWorkers(1)) {
      Future<Integer> answer =
          workers.call(
              vertx.getOrCreateContext(),
              () -> {
                throw new StackOverflowError("as deep as it gets");
              });

      Throwable failure =
          answer
              .map(done -> (Throwable) new AssertionError("no failure"))
              .recover(Future::succeededFuture)
              .toCompletionStage()
              .toCompletableFuture()
              .get(60, TimeUnit.SECONDS);

      assertThat(failure).isInstanceOf(StackOverflowError.class);
    }
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
