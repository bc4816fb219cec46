package io.lookout.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.bus.AdminRequest;
import io.lookout.model.bus.AdminRequest.Action;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.ChunkMerge;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deletion and snapshots over the bus, of samples in heads and in blocks, and after restarts. */
class StorageAdminTest {
  private static final long NOW = TestNode.NOW;
  private static final long HOUR = 3_600_000;
  private static final long MINUTE = 60_000;
  private static final Labels A = Labels.of("__name__", "up", "job", "a");
  private static final Labels B = Labels.of("__name__", "up", "job", "b");
  private static final List<List<Matcher>> JOB_A =
      List.of(List.of(Matcher.equal("__name__", "up"), Matcher.equal("job", "a")));

  @TempDir Path data;

  private static AdminRequest request(Action action, long from, long to) {
    return new AdminRequest(action, "t", "", JOB_A, from, to);
  }

  private static long delete(TestNode node, long from, long to) {
    node.admin(request(Action.FLUSH, from, to));
    return node.admin(request(Action.DELETE, from, to));
  }

  private static long count(TestNode node, Labels labels) {
    SelectRequest up =
        new SelectRequest(
            "t", List.of(Matcher.equal("__name__", "up")), 0, NOW + HOUR, 100, 1L << 40);
    long count = 0;
    for (SeriesChunks series : node.select(up)) {
      if (series.key().labels().equals(labels)) {
        SampleColumns samples = new ChunkMerge().samples(series.chunks());
        count += samples.size;
      }
    }
    return count;
  }

  private void write(TestNode node) {
    node.write(A, NOW - 6 * HOUR, MINUTE, 6 * 60);
    node.write(B, NOW - 6 * HOUR, MINUTE, 6 * 60);
  }

  @Test
  void whatIsDeletedIsGoneAlsoAfterARestartAndNothingElse() {
    try (TestNode node = new TestNode(data).start()) {
      write(node);

      assertThat(delete(node, NOW - 5 * HOUR, NOW - 4 * HOUR - 1)).isEqualTo(60);

      assertThat(count(node, A)).isEqualTo(5 * 60);
      assertThat(count(node, B)).isEqualTo(6 * 60);
    }
    try (TestNode node = new TestNode(data).start()) {
      assertThat(count(node, A)).isEqualTo(5 * 60);
      assertThat(delete(node, 0, NOW + HOUR)).isEqualTo(5 * 60);
      assertThat(count(node, A)).isZero();
      assertThat(count(node, B)).isEqualTo(6 * 60);
    }
  }

  @Test
  void whatIsWrittenAfterADeletionStays() {
    try (TestNode node = new TestNode(data).start()) {
      write(node);
      delete(node, 0, NOW + HOUR);

      node.write(A, NOW - 3 * HOUR, MINUTE, 10);

      assertThat(count(node, A)).isEqualTo(10);
    }
  }

  @Test
  void aSnapshotIsADataDirectoryToStartFrom() {
    try (TestNode node = new TestNode(data).start()) {
      write(node);
      node.admin(request(Action.FLUSH, Long.MIN_VALUE, Long.MAX_VALUE));
      node.admin(new AdminRequest(Action.SNAPSHOT, "t", "first", List.of(), 0, 0));
      delete(node, 0, NOW + HOUR);
      node.admin(request(Action.CLEAN, 0, 0));
      assertThat(count(node, A)).isZero();
    }
    try (TestNode node = new TestNode(data.resolve("snapshots/first")).start()) {
      assertThat(count(node, A)).isEqualTo(6 * 60);
      assertThat(count(node, B)).isEqualTo(6 * 60);
      write(node);
      assertThat(count(node, A)).isEqualTo(6 * 60);
    }
  }

  @Test
  void aSnapshotStaysInItsDirectory() {
    try (TestNode node = new TestNode(data).start()) {
      AdminRequest outside = new AdminRequest(Action.SNAPSHOT, "t", "../outside", List.of(), 0, 0);

      assertThatThrownBy(() -> node.admin(outside))
          .isInstanceOfSatisfying(
              LookoutException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_DATA));
    }
  }
}
