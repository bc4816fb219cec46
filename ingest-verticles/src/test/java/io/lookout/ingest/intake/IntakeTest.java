package io.lookout.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.cluster.limits.LimitSettings;
import io.lookout.cluster.limits.TenantLimits;
import io.lookout.ingest.pipeline.RateLimit;
import io.lookout.ingest.pipeline.Rejections;
import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.PartialWriteException;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tenants that may send 100 samples at once, and a destination that answers as it is told. */
class IntakeTest {
  private final RateLimit rates =
      new RateLimit(
          new TenantLimits(new LimitSettings(0, 100, 100, List.of())),
          Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final LookoutException away = new LookoutException(ErrorCode.UNAVAILABLE, "away");
  private Future<WriteResult> answer = Future.succeededFuture(WriteResult.NOTHING);
  private final Intake intake =
      new Intake(
          new Stages(rates, List.of(), List.of(), List.of(), Optional.empty()),
          batch -> answer,
          List.of(),
          new IntakeMeters(registry));

  private static WriteBatch samples(String tenant, int count) {
    WriteBatch.Builder batch = new WriteBatch.Builder(tenant, count);
    int series = batch.series(SeriesKey.of(tenant, Labels.of("__name__", "m")));
    for (int i = 0; i < count; i++) {
      batch.sample(series, i, i);
    }
    return batch.build();
  }

  private double counted(String name) {
    return registry.find(name).counters().stream().mapToDouble(Counter::count).sum();
  }

  @Test
  void whatIsWrittenAndNotTakenIsCounted() {
    intake.write("p", samples("busy", 100), new Rejections());
    assertThat(intake.write("p", samples("busy", 7), new Rejections()).failed()).isTrue();
    assertThat(counted("lookout.ingest.rejected.samples")).isEqualTo(7);

    answer = Future.failedFuture(new PartialWriteException(ErrorCode.UNAVAILABLE, some(3), away));
    assertThat(intake.write("p", samples("t", 5), new Rejections()).failed()).isTrue();
    assertThat(counted("lookout.ingest.samples")).isEqualTo(3);
  }

  @Test
  void whatIsOfferedAgainIsCountedOnceItIsTaken() {
    intake.offer("p", samples("busy", 100), new Rejections());
    for (int i = 0; i < 3; i++) {
      assertThat(intake.offer("p", samples("busy", 7), new Rejections()).failed()).isTrue();
    }
    answer = Future.failedFuture(new PartialWriteException(ErrorCode.UNAVAILABLE, some(3), away));
    for (int i = 0; i < 3; i++) {
      assertThat(intake.offer("p", samples("t", 5), new Rejections()).failed()).isTrue();
    }
    assertThat(registry.find("lookout.ingest.rejected.samples").counters()).isEmpty();
    assertThat(counted("lookout.ingest.samples")).isZero();

    answer = Future.succeededFuture(some(5));
    assertThat(intake.offer("p", samples("t", 5), new Rejections()).succeeded()).isTrue();
    assertThat(counted("lookout.ingest.samples")).isEqualTo(5);
  }

  private static WriteResult some(int samples) {
    return new WriteResult(samples, List.of());
  }
}
