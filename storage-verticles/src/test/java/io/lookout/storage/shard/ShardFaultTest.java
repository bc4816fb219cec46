package io.lookout.storage.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.storage.head.SeriesQuota;
import io.lookout.storage.wal.FailingFiles;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shard whose disk is full or broken goes on answering, and writes again when it can. */
class ShardFaultTest {
  private static final long WINDOW = ShardOptions.DEFAULTS.window().toMillis();
  private static final long START = 236_111 * WINDOW;

  @TempDir Path directory;
  private final FailingFiles files = new FailingFiles();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Clock clock = Clock.fixed(Instant.ofEpochMilli(START), ZoneOffset.UTC);
  private Shard shard;

  @BeforeEach
  void open() throws IOException {
    shard =
        Shard.open(
            0, ShardOptions.DEFAULTS, directory, files, SeriesQuota.unlimited(), clock, meters);
  }

  @AfterEach
  void close() throws IOException {
    shard.close();
  }

  private void write(long time) {
    WriteBatch.Builder batch = new WriteBatch.Builder(SeriesKey.ANONYMOUS, 1);
    Labels labels = Labels.of("__name__", "up");
    batch.sample(batch.series(SeriesKey.of(SeriesKey.ANONYMOUS, labels)), time, 1);
    shard.write(batch.build()).join();
  }

  private Set<Long> times() {
    SelectRequest all =
        new SelectRequest(
            SeriesKey.ANONYMOUS,
            List.of(Matcher.equal("__name__", "up")),
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            10,
            Long.MAX_VALUE);
    TreeSet<Long> times = new TreeSet<>();
    for (SeriesChunks each : shard.select(all, Caller.WORKER).join()) {
      SampleColumns columns = new ChunkMerge().samples(each.chunks());
      for (int i = 0; i < columns.size; i++) {
        times.add(columns.times[i]);
      }
    }
    return times;
  }

  private void isRefused(long time) {
    assertThatThrownBy(() -> write(time))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            LookoutException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
        .hasMessageContaining("write-ahead log in " + directory)
        .hasMessageContaining("No space left");
  }

  @Test
  void aFullDiskRefusesAnswersAndIsForgottenWhenThereIsRoom() throws IOException {
    write(START);
    files.room.set(10);
    for (int i = 1; i < 20; i++) {
      isRefused(START + i);
    }
    assertThat(times()).as("it still answers").containsExactly(START);
    files.room.set(Long.MAX_VALUE);
    write(START + 20);
    assertThat(times()).containsExactly(START, START + 20);
    shard.close();
    open();
    assertThat(times()).containsExactly(START, START + 20);
    assertThat(meters.counter("lookout.storage.wal.failures", "shard", "0").count()).isEqualTo(19);
  }

  @Test
  void aWindowWaitsForRoomAndIsSealedThen() {
    write(START);
    files.room.set(0);
    assertThatThrownBy(() -> shard.snapshot(START).join()).hasMessageContaining("No space left");
    files.room.set(Long.MAX_VALUE);
    SealedWindow window = shard.snapshot(START).join();
    assertThat(window.series()).hasSize(1);
    files.room.set(0);
    assertThatThrownBy(() -> shard.release(window).join()).hasMessageContaining("No space left");
    assertThat(times()).as("kept until its release is logged").containsExactly(START);
    files.room.set(Long.MAX_VALUE);
    shard.release(window).join();
    assertThat(times()).isEmpty();
  }

  @Test
  void anErrorInAWriteEndsTheShardAndTheNextOneReplaysTheLog() throws IOException {
    write(START);
    files.breaks = true;
    assertThatThrownBy(() -> write(START + 1)).hasMessageContaining("the shard failed");
    hasBrokenDown();
    files.breaks = false;
    shard.close();
    open();
    write(START + 2);
    assertThat(times()).contains(START, START + 2);
  }

  @Test
  void anErrorInAFreezeEndsTheShardAndTheNextOneReplaysTheLog() throws IOException {
    write(START);
    files.breaks = true;
    assertThatThrownBy(() -> shard.snapshot(START).join()).hasMessageContaining("the shard failed");
    hasBrokenDown();
    files.breaks = false;
    shard.close();
    open();
    assertThat(times()).containsExactly(START);
    assertThat(shard.snapshot(START).join().series()).hasSize(1);
  }

  /** Nothing is taken and nothing answered from a head that may not be what the log says. */
  private void hasBrokenDown() {
    assertThat(shard.brokenDown().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join())
        .isInstanceOf(OutOfMemoryError.class);
    assertThatThrownBy(() -> write(START + 3)).hasMessageContaining("the shard is closed");
    assertThatThrownBy(this::times).hasMessageContaining("the shard is closed");
  }
}
