package io.lookout.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.cluster.Readiness;
import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private final ApiFixture api = new ApiFixture();

  @AfterEach
  void close() {
    api.close();
  }

  private int answered() throws Exception {
    return Future.<Integer>future(
            done -> api.vertx().runOnContext(context -> api.warmUp().ask().onComplete(done)))
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  @Test
  void allQuestionsAreAnswered() throws Exception {
    api.storage
        .add(Labels.of("__name__", "up", "job", "a"), 15_000, 1, 1, 0.5, 1, 1)
        .add(Labels.of("__name__", "up", "job", "b"), 15_000, 0, 0, 0, 0, 0);

    assertThat(answered()).isEqualTo(2 * WarmUp.QUESTIONS.size());
  }

  @Test
  void whatCannotBeAnsweredIsLeft() throws Exception {
    api.storage.failWith(ErrorCode.UNAVAILABLE, "replaying");

    assertThat(answered()).isZero();
  }

  @Test
  void questionsAreAskedWhenTheNodeIsReady() {
    Readiness readiness = new Readiness();
    readiness.waitFor("the log");
    api.warmUp().begin(api.vertx(), readiness);
    assertThat(api.storage.selects()).isZero();

    readiness.ready("the log");

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> api.storage.selects() >= 2 * WarmUp.QUESTIONS.size());
  }
}
