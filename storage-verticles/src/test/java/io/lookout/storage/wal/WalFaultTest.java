package io.lookout.storage.wal;

import static io.lookout.storage.wal.LoggedSamples.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks that are full or broken while a log is written. */
class WalFaultTest {
  @TempDir Path directory;
  private final FailingFiles files = new FailingFiles();
  private final LoggedSamples acknowledged = new LoggedSamples();

  private Wal open(WalOptions options) throws IOException {
    return Wal.open(directory, options, files, new LoggedSamples()).wal();
  }

  private boolean write(Wal wal, long time, int... series) {
    try {
      acknowledged.write(wal, time, series);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private long segmentFiles() throws IOException {
    try (var names = Files.list(directory)) {
      return names.filter(each -> each.toString().endsWith(".wal")).count();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsAcknowledgedOnADiskThatFillsUpAgainAndAgainIsThere(WalSync sync) throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    int failures = 0;
    try (Wal wal = open(options(sync, 1 << 12, 0))) {
      for (int i = 0; i < 2000; i++) {
        if (random.nextInt(10) == 0) {
          files.room.set(random.nextInt(300));
        } else if (random.nextInt(3) == 0) {
          files.room.set(Long.MAX_VALUE);
        }
        int[] series = IntStream.range(0, 1 + random.nextInt(20)).map(n -> n * n % 37).toArray();
        failures += write(wal, i, series) ? 0 : 1;
        wal.syncIfDue();
      }
      files.room.set(Long.MAX_VALUE);
      assertThat(write(wal, 2000, 1)).isTrue();
    }
    assertThat(failures).isBetween(50, 1900);
    assertThat(LoggedSamples.replay(directory).samples).isEqualTo(acknowledged.samples);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 3, 7, 40})
  void attemptsOnAFullDiskLeaveNoFiles(long room) throws IOException {
    try (Wal wal = open(options(WalSync.OS, 1 << 12, 0))) {
      write(wal, 1, 1);
      files.room.set(room);
      for (int i = 0; i < 100; i++) {
        assertThat(write(wal, 2, 1, 2, 3)).isFalse();
      }
      assertThat(segmentFiles()).isEqualTo(1);
      files.room.set(Long.MAX_VALUE);
      assertThat(write(wal, 3, 1, 2, 3)).isTrue();
    }
    LoggedSamples found = new LoggedSamples();
    Wal.Opened opened =
        Wal.open(directory, options(WalSync.OS, 1 << 12, 0), new DiskFiles(), found);
    opened.wal().close();
    assertThat(found.samples).isEqualTo(acknowledged.samples);
    assertThat(opened.replay().missingSegments()).isZero();
    assertThat(opened.replay().skippedBytes()).isZero();
  }

  @Test
  void aGroupThatCannotBeCutOffIsATornTail() throws IOException {
    try (Wal wal = open(options(WalSync.OS, 1 << 20, 0))) {
      write(wal, 1, 1);
      files.room.set(20);
      files.truncateFails = true;
      assertThat(write(wal, 2, 1, 2, 3)).isFalse();
      files.room.set(Long.MAX_VALUE);
      assertThat(write(wal, 3, 1, 2, 3)).isTrue();
    }
    assertThat(LoggedSamples.replay(directory).samples).isEqualTo(acknowledged.samples);
  }

  @Test
  void aForceThatFailsIsAFailedWriteAndTheFileIsNotForcedAgain() throws IOException {
    try (Wal wal = open(options(WalSync.ALWAYS, 1 << 20, 0))) {
      assertThat(write(wal, 1, 1)).isTrue();
      files.forceFails = true;
      assertThat(write(wal, 2, 1)).isFalse();
      assertThat(write(wal, 3, 1)).isFalse();
      files.forceFails = false;
      assertThat(write(wal, 4, 1)).isTrue();
      assertThat(wal.segmentCount()).isEqualTo(2);
    }
    assertThat(LoggedSamples.replay(directory).samples).isEqualTo(acknowledged.samples);
  }

  @Test
  void underIntervalAFailedForceStopsAcknowledgementUntilOneSucceeds() throws IOException {
    try (Wal wal = open(options(WalSync.INTERVAL, 1 << 20, 0))) {
      assertThat(write(wal, 1, 1)).isTrue();
      files.forceFails = true;
      assertThatThrownBy(wal::syncIfDue).hasMessageContaining("Input/output error");
      assertThat(write(wal, 2, 1)).as("it has to be forced first").isFalse();
      files.forceFails = false;
      int before = files.forces.get();
      assertThat(write(wal, 3, 1)).isTrue();
      assertThat(files.forces.get()).as("forced before it is acknowledged").isEqualTo(before + 1);
      assertThat(write(wal, 4, 1)).isTrue();
      assertThat(files.forces.get()).as("and then by interval again").isEqualTo(before + 1);
    }
    assertThat(LoggedSamples.replay(directory).samples).isEqualTo(acknowledged.samples);
  }

  @ParameterizedTest
  @EnumSource
  void eachWayOfSyncForcesWhenItSays(WalSync sync) throws IOException {
    try (Wal wal = open(options(sync, 1 << 20, 0))) {
      write(wal, 1, 1);
      assertThat(files.forces.get()).isEqualTo(sync == WalSync.ALWAYS ? 1 : 0);
      wal.syncIfDue();
      assertThat(files.forces.get()).isEqualTo(sync == WalSync.OS ? 0 : 1);
      write(wal, LoggedSamples.WINDOW + 1, 1);
      assertThat(wal.segmentCount()).isEqualTo(2);
    }
    assertThat(files.forces.get()).isEqualTo(sync == WalSync.OS ? 1 : 2);
  }

  /** A file that is forced, of whose name the disk knows nothing, is lost. */
  @ParameterizedTest
  @EnumSource
  void namesAreForcedAsFilesAre(WalSync sync) throws IOException {
    Path below = directory.resolve("shards").resolve("0");
    try (Wal wal = Wal.open(below, options(sync, 1 << 20, 0), files, new LoggedSamples()).wal()) {
      Path shards = directory.resolve("shards");
      assertThat(files.named).containsExactly(directory.toAbsolutePath(), shards.toAbsolutePath());
      files.named.clear();
      write(wal, 1, 1);
      write(wal, LoggedSamples.WINDOW + 1, 1);
      if (sync == WalSync.OS) {
        assertThat(files.named).isEmpty();
      } else {
        assertThat(files.named).containsExactly(below, below);
      }
    }
  }

  @Test
  void theReserveIsForWhatMakesRoom() throws IOException {
    try (Wal wal = open(options(WalSync.OS, 1 << 20, 10_000))) {
      files.room.set(10_030);
      assertThat(write(wal, 1, 1)).isTrue();
      assertThat(files.room.get()).isBetween(9_000L, 10_000L);
      assertThatThrownBy(() -> new LoggedSamples().write(wal, 3, 1))
          .hasMessageContaining("No space left but the reserve")
          .hasMessageContaining("storage.wal.reserve.bytes");
      wal.sealed(0, 1, () -> {});
      wal.released(0, 1, () -> {});
      files.room.set(20_000);
      assertThat(write(wal, 4, 1)).isTrue();
    }
  }
}
