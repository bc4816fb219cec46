package io.lookout.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.ChunkMerge;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples that are written again: at once, late, and when theirs are in the store already. */
class LateDuplicatesTest {
  private static final long HOUR = 3_600_000;
  private static final long START = TestNode.NOW - 8 * HOUR;
  private static final Labels UP = Labels.of("__name__", "up");
  private static final int COUNT = 100;

  @TempDir Path data;

  /** The first value of each, which ascend by one; fails where a time is there twice. */
  private static void hasValues(TestNode node, double first) {
    SelectRequest request =
        new SelectRequest(
            "t", List.of(Matcher.equal("__name__", "up")), 0, TestNode.NOW, 10, 1L << 40);
    List<SeriesChunks> found = node.select(request);
    assertThat(found).hasSize(1);
    SampleColumns samples = new ChunkMerge().samples(found.getFirst().chunks());
    assertThat(samples.size).isEqualTo(COUNT);
    for (int i = 0; i < COUNT; i++) {
      assertThat(samples.times[i]).isEqualTo(START + i * 15_000L);
      assertThat(samples.values[i]).isEqualTo(first + i);
    }
  }

  private static void write(TestNode node, double first) {
    node.write(UP, START, 15_000, COUNT, first);
  }

  private static void seal(TestNode node) {
    double before = node.counter("lookout.seal.samples");
    node.now.addAndGet(HOUR);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> node.counter("lookout.seal.samples") == before + COUNT);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            node.meters.find("lookout.storage.head.series").gauges().stream()
                .allMatch(series -> series.value() == 0));
  }

  @Test
  void theLastValueCountsAlsoOverTheStore() {
    try (TestNode node = new TestNode(data).start()) {
      write(node, 0);
      write(node, 0);
      hasValues(node, 0);
      assertThat(node.counter("lookout.storage.samples.duplicate")).isEqualTo(COUNT);
      write(node, 1000);
      hasValues(node, 1000);
      assertThat(node.counter("lookout.storage.samples.replaced")).isEqualTo(COUNT);
      assertThat(node.counter("lookout.storage.samples.late")).isZero();
      seal(node);
      hasValues(node, 1000);

      write(node, 1000);
      hasValues(node, 1000);
      assertThat(node.counter("lookout.storage.samples.late")).isEqualTo(COUNT);
      seal(node);
      hasValues(node, 1000);

      write(node, 2000);
      hasValues(node, 2000);
      assertThat(node.counter("lookout.storage.samples.late")).isEqualTo(2 * COUNT);
      seal(node);
      hasValues(node, 2000);
    }
    try (TestNode again = new TestNode(data).start()) {
      hasValues(again, 2000);
      assertThat(again.counter("lookout.storage.samples.appended"))
          .as("what a start replays is not counted again")
          .isZero();
    }
  }
}
