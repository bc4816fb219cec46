package io.lookout.ingest.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.cluster.limits.LimitSettings;
import io.lookout.cluster.limits.TenantLimits;
import io.lookout.ingest.intake.Intake;
import io.lookout.ingest.intake.IntakeMeters;
import io.lookout.ingest.intake.Stages;
import io.lookout.ingest.pipeline.LabelLimits;
import io.lookout.ingest.pipeline.RateLimit;
import io.lookout.ingest.scrape.config.HttpAccess;
import io.lookout.ingest.scrape.config.JobConfig;
import io.lookout.ingest.scrape.config.ScrapeConfigs;
import io.lookout.ingest.scrape.fetch.Fetcher;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.Labels;
import io.lookout.model.bus.WriteResult;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Turns that come while a scrape is under way; the store answers when it is told to. */
class ScrapeLoopTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Promise<WriteResult> stored = Promise.promise();
  private final Context context = vertx.getOrCreateContext();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger writes = new AtomicInteger();

  @AfterEach
  void stop() {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private ScrapeLoop loop() {
    HttpServer server =
        await(
            vertx
                .createHttpServer()
                .requestHandler(request -> {
                  asked.incrementAndGet();
                  request.response().putHeader("Content-Type", "text/plain").end("up_to_date 1\n");
                })
                .listen(0, "127.0.0.1"));
    JobConfig job =
        ScrapeConfigs.parse(Path.of("test.yml"), "scrape_configs: [{job_name: a}]").get(0);
    Target target =
        new Target(
            "a",
            URI.create("http://127.0.0.1:" + server.actualPort() + "/metrics"),
            "t",
            Labels.of("job", "a"),
            Labels.EMPTY,
            Duration.ofHours(1),
            Duration.ofMinutes(1));
    return new ScrapeLoop(
        vertx, surroundings(), target, job, new Fetcher(vertx, HttpAccess.PLAIN), problem -> {});
  }

  private ScrapeContext surroundings() {
    Clock clock = Clock.systemUTC();
    RateLimit rates = new RateLimit(new TenantLimits(new LimitSettings(0, 0, 0, List.of())), clock);
    Intake intake =
        new Intake(
            new Stages(rates, List.of(), List.of(), List.of(), Optional.empty()),
            batch ->
                writes.getAndIncrement() == 0
                    ? stored.future()
                    : Future.succeededFuture(WriteResult.NOTHING),
            List.of(),
            new IntakeMeters(meters));
    return new ScrapeContext(
        clock,
        intake,
        new LabelLimits(10, 100, 100),
        new StringPool(),
        vertx.createSharedWorkerExecutor("test", 1),
        new ScrapeMeters(meters),
        1 << 20,
        false,
        1);
  }

  private double missed() {
    return meters.get("lookout.scrape.missed").counter().count();
  }

  @Test
  void oneTurnIsMadeUpForAndFurtherOnesAreMissed() {
    ScrapeLoop loop = loop();
    context.runOnContext(run -> loop.turn());
    Awaitility.await().atMost(LONG).until(() -> writes.get() == 1);
    context.runOnContext(run -> {
      loop.turn();
      loop.turn();
    });
    Awaitility.await().atMost(LONG).until(() -> missed() == 1);
    assertThat(asked).hasValue(1);

    stored.complete(WriteResult.NOTHING);
    Awaitility.await().atMost(LONG).until(() -> writes.get() == 2);
    assertThat(asked).hasValue(2);
    assertThat(missed()).isOne();
  }

  @Test
  void aTurnThatWaitsIsForgottenWhenTheLoopStops() {
    ScrapeLoop loop = loop();
    context.runOnContext(run -> loop.turn());
    Awaitility.await().atMost(LONG).until(() -> writes.get() == 1);
    Promise<Void> ended = Promise.promise();
    context.runOnContext(run -> {
      loop.turn();
      loop.stop(false).onComplete(ended);
      stored.complete(WriteResult.NOTHING);
    });
    await(ended.future());
    assertThat(asked).hasValue(1);
  }
}
