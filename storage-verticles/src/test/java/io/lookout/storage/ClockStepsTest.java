package io.lookout.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.ChunkMerge;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock of the machine steps while the senders' go on: nothing is lost, doubled or stuck. */
class ClockStepsTest {
  private static final long HOUR = 3_600_000;
  private static final long MINUTE = 60_000;
  private static final long NOW = TestNode.NOW;
  private static final Labels UP = Labels.of("__name__", "up");

  @TempDir Path data;

  /** How many samples there are; each time counts once. */
  private static int samples(TestNode node) {
    SelectRequest request =
        new SelectRequest(
            "t", List.of(Matcher.equal("__name__", "up")), 0, Long.MAX_VALUE, 10, 1L << 40);
    int count = 0;
    for (SeriesChunks each : node.select(request)) {
      count += new ChunkMerge().samples(each.chunks()).size;
    }
    return count;
  }

  private static void sealed(TestNode node, double samples) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> node.counter("lookout.seal.samples") == samples);
  }

  @Test
  void anHourBack() {
    try (TestNode node = new TestNode(data).start()) {
      node.write(UP, NOW - HOUR, MINUTE, 60);
      node.now.addAndGet(-HOUR);
      // The senders' clocks are right: what they send is an hour ahead now, and opens a window.
      node.write(UP, NOW, MINUTE, 60);
      assertThat(samples(node)).isEqualTo(120);

      node.now.addAndGet(3 * HOUR);
      node.write(UP, NOW + HOUR, MINUTE, 60);
      sealed(node, 60);
      assertThat(samples(node)).as("windows of senders' time are sealed as ever").isEqualTo(180);

      node.now.addAndGet(2 * HOUR);
      sealed(node, 180);
      assertThat(samples(node)).isEqualTo(180);
    }
  }

  @Test
  void aDayAheadAndBackAgain() {
    try (TestNode node = new TestNode(data, "storage.retention=3d").start()) {
      node.write(UP, NOW - 48 * HOUR, MINUTE, 60);
      node.write(UP, NOW, MINUTE, 30);
      node.now.addAndGet(24 * HOUR);
      sealed(node, 90);
      // All that comes is late now, and is sealed a while after.
      node.write(UP, NOW + 30 * MINUTE, MINUTE, 30);
      assertThat(node.counter("lookout.storage.samples.late")).isEqualTo(30);
      node.now.addAndGet(11 * MINUTE);
      sealed(node, 120);
      assertThat(samples(node)).isEqualTo(120);

      node.now.addAndGet(-24 * HOUR - 11 * MINUTE);
      node.write(UP, NOW + HOUR, MINUTE, 30);
      assertThat(samples(node)).isEqualTo(150);
      node.now.addAndGet(3 * HOUR);
      sealed(node, 150);
      assertThat(samples(node)).isEqualTo(150);
    }
    try (TestNode again = new TestNode(data, "storage.retention=3d").start()) {
      assertThat(samples(again)).isEqualTo(150);
    }
  }

  /** A window's generations tell which of its blocks was written last, also after a restart. */
  @Test
  void whatIsWrittenAfterAStepBackAndARestartCounts() {
    Labels series = Labels.of("__name__", "up", "job", "a");
    try (TestNode node = new TestNode(data).start()) {
      node.write(series, NOW - 8 * HOUR, MINUTE, 10, 100);
      node.now.addAndGet(HOUR);
      sealed(node, 10);
    }
    // A start drops the log of what was sealed; what is written now is in another segment.
    try (TestNode node = new TestNode(data).start()) {
      node.write(series, NOW + HOUR, MINUTE, 10);
    }
    try (TestNode node = new TestNode(data).start()) {
      node.now.addAndGet(-HOUR);
      node.write(series, NOW - 8 * HOUR, MINUTE, 10, 200);
      node.now.addAndGet(11 * MINUTE);
      sealed(node, 10);
      SelectRequest request =
          new SelectRequest(
              "t", List.of(Matcher.equal("job", "a")), 0, NOW - 7 * HOUR, 10, 1L << 40);
      List<SeriesChunks> found = node.select(request);
      assertThat(new ChunkMerge().samples(found.getFirst().chunks()).values[0]).isEqualTo(200);
    }
  }
}
