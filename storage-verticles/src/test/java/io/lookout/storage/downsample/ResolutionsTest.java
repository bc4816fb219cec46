package io.lookout.storage.downsample;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.aggregate.TimePart;
import io.lookout.storage.embedded.EmbeddedBlockStore;
import io.lookout.storage.embedded.EmbeddedStoreOptions;
import io.lookout.storage.store.BlockStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolutionsTest {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long NOW = 20_000 * DAY + 12 * HOUR;
  private static final long TODAY = 20_000 * DAY;

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final Coverage coverage = new Coverage(DAY);
  private BlockStore store;
  private Resolutions resolutions;

  @BeforeEach
  void open() throws Exception {
    store =
        EmbeddedBlockStore.open(
                vertx,
                new EmbeddedStoreOptions(directory, Duration.ofDays(1), 1, 10, 1 << 20),
                new SimpleMeterRegistry())
            .toCompletionStage()
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS);
    resolutions =
        new Resolutions(
            List.of(
                new Resolution(5 * MINUTE, "5m", store, 10 * DAY),
                new Resolution(HOUR, "1h", store, 100 * DAY)),
            coverage,
            5 * DAY,
            Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));
  }

  @AfterEach
  void close() throws Exception {
    store.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  void daysThatAreCompleteAreTakenWhereItMakesNoDifference() {
    coverage.cover(TODAY - 2 * DAY, 0);
    long from = TODAY - 3 * DAY;

    assertThat(resolutions.parts(from, NOW, HOUR))
        .containsExactly(
            new TimePart(0, from, TODAY - 2 * DAY - 1),
            new TimePart(HOUR, TODAY - 2 * DAY, TODAY - DAY - 1),
            new TimePart(0, TODAY - DAY, NOW));
    assertThat(resolutions.parts(from, NOW, 15 * MINUTE).get(1).resolution()).isEqualTo(5 * MINUTE);
    assertThat(resolutions.parts(from, NOW, 7 * MINUTE))
        .containsExactly(new TimePart(0, from, NOW));
    assertThat(resolutions.parts(from, NOW, 0)).containsExactly(new TimePart(0, from, NOW));
  }

  @Test
  void lateDataMakesADayIncompleteUntilItIsSeenAgain() {
    int puts = coverage.puts(TODAY - 2 * DAY);
    coverage.changed(TODAY - 2 * DAY + 2 * HOUR);
    coverage.cover(TODAY - 2 * DAY, puts);

    assertThat(resolutions.parts(TODAY - 3 * DAY, NOW, HOUR)).hasSize(1);
  }

  @Test
  void pastTheRetentionOfSamplesWhatIsLeftAnswers() {
    assertThat(resolutions.parts(TODAY - 20 * DAY, NOW, 0))
        .containsExactly(
            new TimePart(HOUR, TODAY - 20 * DAY, TODAY - 10 * DAY - 1),
            new TimePart(5 * MINUTE, TODAY - 10 * DAY, TODAY - 4 * DAY - 1),
            new TimePart(0, TODAY - 4 * DAY, NOW));
    assertThat(resolutions.parts(Long.MIN_VALUE, Long.MAX_VALUE, 0).getLast().maxTime())
        .isEqualTo(Long.MAX_VALUE);
  }
}
