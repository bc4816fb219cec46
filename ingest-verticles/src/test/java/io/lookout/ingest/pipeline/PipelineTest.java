package io.lookout.ingest.pipeline;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.cluster.limits.LimitSettings;
import io.lookout.cluster.limits.TenantLimits;
import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteResult.Rejection;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final TenantLimits NO_LIMITS =
      new TenantLimits(new LimitSettings(0, 0, 0, List.of()));
  private static final Labels UP = Labels.of("__name__", "up", "job", "node");

  private static SeriesKey series(String name) {
    return SeriesKey.of("t", Labels.of("__name__", name));
  }

  @Test
  void asksStagesInOrderUntilOneDoesNotKeepTheSeries() {
    SeriesStage rename =
        (tenant, labels) ->
            new Verdict.Keep(labels.toBuilder().set("tenant", tenant).remove("job").build());
    SeriesStage drop =
        (tenant, labels) ->
            labels.get("job") == null ? new Verdict.Drop() : new Verdict.Keep(labels);
    SeriesStage refuse =
        (tenant, labels) -> new Verdict.Refuse(Reason.INVALID_LABELS, labels.toString());

    assertThat(SeriesStage.inOrder(List.of()).judge("t", UP)).isEqualTo(new Verdict.Keep(UP));
    assertThat(SeriesStage.inOrder(List.of(rename)).judge("t", UP))
        .isEqualTo(new Verdict.Keep(Labels.of("__name__", "up", "tenant", "t")));
    assertThat(SeriesStage.inOrder(List.of(rename, drop, refuse)).judge("t", UP))
        .isEqualTo(new Verdict.Drop());
    assertThat(SeriesStage.inOrder(List.of(drop, refuse)).judge("t", UP))
        .isEqualTo(new Verdict.Refuse(Reason.INVALID_LABELS, "up{job=\"node\"}"));
  }

  @Test
  void boundsLabels() {
    LabelLimits limits = new LabelLimits(2, 8, 4);

    assertThat(limits.judge("t", UP)).isEqualTo(new Verdict.Keep(UP));
    assertThat(limits.judge("t", Labels.of("__name__", "up", "a", "b", "c", "d")))
        .isEqualTo(
            new Verdict.Refuse(
                Reason.TOO_MANY_LABELS,
                "series up{a=\"b\", c=\"d\"} has 3 labels, ingest.labels.count is 2"));
    assertThat(limits.judge("t", Labels.of("__name__", "up", "long_name", "b")))
        .isInstanceOfSatisfying(
            Verdict.Refuse.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.LABEL_NAME_TOO_LONG));
    assertThat(limits.judge("t", Labels.of("__name__", "up", "job", "longer")))
        .isEqualTo(
            new Verdict.Refuse(
                Reason.LABEL_VALUE_TOO_LONG,
                "series up{job=\"longer\"} has a value of 6 characters,"
                    + " ingest.labels.value.length is 4"));
  }

  @Test
  void leavesOutTheFutureAndKeepsWhatBelongsToTheRest() {
    long now = NOW.toEpochMilli();
    NativeHistogram histogram =
        new NativeHistogram(
            0,
            CounterReset.NO,
            true,
            0,
            1,
            1,
            2.5,
            List.of(),
            new double[0],
            List.of(),
            new double[0],
            new double[0]);
    WriteBatch.Builder batch = new WriteBatch.Builder("t", 4);
    int early = batch.series(series("a"));
    int late = batch.series(series("b"));
    batch.sample(late, now + 600_001, 1);
    batch.sample(early, now + 600_000, 2);
    batch.sample(early, now, histogram);
    batch.startTime(now - 1);
    batch.exemplar(late, new Exemplar(Labels.EMPTY, 1, 1));
    batch.exemplar(early, new Exemplar(Labels.EMPTY, 2, 2));
    FutureLimit limit =
        new FutureLimit(Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofMinutes(10), NO_LIMITS);
    Rejections rejections = new Rejections();

    WriteBatch kept = limit.apply(batch.build(), rejections);

    assertThat(rejections.list())
        .containsExactly(
            new Rejection(
                "too_far_in_future",
                1,
                "sample of b at 2026-01-02T03:14:05.001Z is more than 600s in the future (ingest.future.limit)"));
    assertThat(kept.sampleCount()).isEqualTo(2);
    assertThat(kept.seriesCount()).isOne();
    assertThat(kept.values()[0]).isEqualTo(2);
    assertThat(requireNonNull(kept.histograms())[1]).isEqualTo(histogram);
    assertThat(requireNonNull(kept.startTimes())).startsWith(0, now - 1);
    assertThat(kept.exemplars()).singleElement().matches(e -> e.exemplar().value() == 2);
  }

  @Test
  void leavesABatchAloneThatIsFine() {
    WriteBatch.Builder builder = new WriteBatch.Builder("t", 4);
    builder.sample(builder.series(series("a")), NOW.toEpochMilli(), 1);
    WriteBatch batch = builder.build();
    FutureLimit limit =
        new FutureLimit(Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofMinutes(10), NO_LIMITS);

    assertThat(limit.apply(batch, new Rejections())).isSameAs(batch);
  }

  @Test
  void countsRejectionsByReason() {
    Rejections rejections = new Rejections();
    rejections.add("a", 1, "first a");
    rejections.add("b", 3, "first b");
    rejections.add("a", 2, "second a");

    assertThat(rejections.samples()).isEqualTo(6);
    assertThat(rejections.text())
        .isEqualTo("first a (3 samples refused as a); first b (3 samples refused as b)");
  }
}
