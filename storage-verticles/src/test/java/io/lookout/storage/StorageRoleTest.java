package io.lookout.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lookout.cluster.bus.Addresses;
import io.lookout.cluster.ring.Membership.StorageNode;
import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelQuery.Kind;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.SelectNext;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.ChunkMerge;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes over the bus, restarts, selects over the bus: with real directories. */
class StorageRoleTest {
  private static final long NOW = TestNode.NOW;
  private static final long HOUR = 3_600_000;
  private static final Labels A = Labels.of("__name__", "up", "job", "a");
  private static final Labels B = Labels.of("__name__", "up", "job", "b");

  @TempDir Path data;

  private static SelectRequest up(int maxSeries, long maxBytes) {
    return new SelectRequest(
        "t", List.of(Matcher.equal("__name__", "up")), 0, NOW + HOUR, maxSeries, maxBytes);
  }

  private static final SelectRequest UP = up(1000, 1L << 40);

  private static SampleColumns samples(SeriesChunks series) {
    return new ChunkMerge().samples(series.chunks());
  }

  private static double sealed(TestNode node) {
    return node.counter("lookout.seal.blocks");
  }

  @Test
  void whatWasWrittenIsSelectedAlsoAfterARestart() {
    try (TestNode node = new TestNode(data).start()) {
      assertThat(node.membership.storageNodes()).containsExactly(new StorageNode("n1", 2));
      assertThat(node.readiness.isReady()).isTrue();
      node.write(A, NOW - HOUR, 15_000, 100);
      node.write(B, NOW - HOUR, 15_000, 50);

      assertUp(node.select(UP), 100, 50);
    }
    try (TestNode node = new TestNode(data).start()) {
      assertUp(node.select(UP), 100, 50);
      node.write(A, NOW - HOUR + 100 * 15_000, 15_000, 5);
      assertUp(node.select(UP), 105, 50);
    }
  }

  private static void assertUp(List<SeriesChunks> found, int samplesOfA, int samplesOfB) {
    assertThat(found).extracting(s -> s.key().labels()).containsExactlyInAnyOrder(A, B);
    for (SeriesChunks series : found) {
      SampleColumns samples = samples(series);
      assertThat(samples.size).isEqualTo(series.key().labels().equals(A) ? samplesOfA : samplesOfB);
      for (int i = 1; i < samples.size; i++) {
        assertThat(samples.times[i] - samples.times[i - 1]).isEqualTo(15_000);
      }
    }
  }

  @Test
  void completeWindowsMoveToTheStoreAndStaySelectable() {
    try (TestNode node = new TestNode(data).start()) {
      node.write(A, NOW - 8 * HOUR, 15_000, 4 * 240);
      node.write(B, NOW - 8 * HOUR, 15_000, 4 * 240);

      node.now.addAndGet(HOUR);

      await().atMost(Duration.ofSeconds(60)).until(() -> sealed(node) == 2 * 2);
      assertUp(node.select(UP), 4 * 240, 4 * 240);
      assertThat(node.membership.storageNodes()).hasSize(1);
    }
    try (TestNode node = new TestNode(data).start()) {
      assertUp(node.select(UP), 4 * 240, 4 * 240);
      assertThat(labels(node, new LabelQuery(Kind.VALUES, "t", "job", List.of(), 0, NOW, 0)))
          .isEqualTo(new LabelResult(List.of("a", "b"), List.of(), List.of(), false));
    }
  }

  @Test
  void whatIsPastRetentionIsDropped() throws Exception {
    Labels recent = Labels.of("__name__", "up", "job", "recent");
    try (TestNode node = new TestNode(data).start()) {
      node.write(A, NOW - 72 * HOUR, 15_000, 100);
      node.write(recent, NOW - 8 * HOUR, 15_000, 100);
      node.now.addAndGet(HOUR);
      await().atMost(Duration.ofSeconds(60)).until(() -> sealed(node) == 2);
      assertThat(node.select(UP)).hasSize(2);
    }
    try (TestNode node = new TestNode(data, "storage.retention=1d").start()) {
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() ->
              assertThat(node.select(UP))
                  .extracting(s -> s.key().labels())
                  .containsExactly(recent));
    }
  }

  @Test
  void labelsComeFromHeadAndStore() {
    try (TestNode node = new TestNode(data).start()) {
      node.write(A, NOW - 8 * HOUR, 15_000, 10);
      node.now.addAndGet(HOUR);
      await().atMost(Duration.ofSeconds(60)).until(() -> sealed(node) == 1);
      node.write(B, NOW, 15_000, 10);
      List<List<Matcher>> up = List.of(List.of(Matcher.equal("__name__", "up")));

      assertThat(labels(node, new LabelQuery(Kind.SERIES, "t", "", up, 0, NOW + HOUR, 0)).series())
          .containsExactly(A, B);
      assertThat(labels(node, new LabelQuery(Kind.NAMES, "t", "", up, 0, NOW + HOUR, 0)).strings())
          .containsExactly("__name__", "job");
    }
  }

  private static LabelResult labels(TestNode node, LabelQuery query) {
    return TestNode.await(
        node.bus.request(Addresses.labels("n1"), query, LabelResult.class, Duration.ofSeconds(20)));
  }

  @Test
  void aLargeAnswerComesInParts() {
    try (TestNode node = new TestNode(data, "storage.select.page.bytes=100").start()) {
      for (int i = 0; i < 20; i++) {
        node.write(Labels.of("__name__", "up", "i", "" + i), NOW - HOUR, 7_001, 200);
      }

      SelectResult first =
          TestNode.await(
              node.bus.request(
                  Addresses.select("n1"), UP, SelectResult.class, Duration.ofSeconds(20)));
      assertThat(first.cursor()).isNotEmpty();
      assertThat(first.series()).hasSizeBetween(1, 10);

      assertThat(node.select(UP)).extracting(SeriesChunks::key).doesNotHaveDuplicates().hasSize(20);
    }
  }

  @Test
  void aCursorThatNeverWasIsNotFound() {
    try (TestNode node = new TestNode(data).start()) {
      assertFails(
          () ->
              TestNode.await(
                  node.bus.request(
                      Addresses.select("n1"),
                      new SelectNext("n1-77"),
                      SelectResult.class,
                      Duration.ofSeconds(20))),
          ErrorCode.NOT_FOUND,
          "expired");
    }
  }

  @Test
  void limitsOfARequestCountHeadAndStoreTogether() {
    try (TestNode node = new TestNode(data).start()) {
      node.write(A, NOW - HOUR, 15_000, 100);
      node.write(B, NOW - HOUR, 15_000, 100);

      assertFails(() -> node.select(up(1, 1L << 40)), ErrorCode.EXECUTION, "1 series");
      assertFails(() -> node.select(up(10, 10)), ErrorCode.EXECUTION, "10 bytes");
    }
  }

  private static void assertFails(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable question,
      ErrorCode code,
      String message) {
    assertThatThrownBy(question)
        .isInstanceOfSatisfying(LookoutException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  @Test
  void fewerShardsThanBeforeStillAnswerForAll() {
    try (TestNode node = new TestNode(data, "storage.shards=4").start()) {
      for (int i = 0; i < 20; i++) {
        node.write(Labels.of("__name__", "up", "i", "" + i), NOW - HOUR, 15_000, 10);
      }
    }
    try (TestNode node = new TestNode(data, "storage.shards=1").start()) {
      assertThat(node.membership.storageNodes()).containsExactly(new StorageNode("n1", 1));
      assertThat(node.select(UP)).hasSize(20);
      node.write(Labels.of("__name__", "up", "i", "3"), NOW, 15_000, 10);
      assertThat(node.select(UP)).hasSize(20);
    }
  }
}
