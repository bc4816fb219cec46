package io.lookout.storage.wal;

import static io.lookout.storage.wal.LoggedSamples.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Logs that are damaged on disk: what is good in them is read, and nothing that was not written.
 */
class WalDamageTest {
  private static final WalOptions OPTIONS = options(WalSync.OS, 1000, 0);

  @TempDir Path directory;
  private final LoggedSamples written = new LoggedSamples();

  /** Some segments; slots are given to other series now and then, as a head does it. */
  private void writeLog(SplittableRandom random) throws IOException {
    try (Wal wal = Wal.open(directory, OPTIONS, new DiskFiles(), new LoggedSamples()).wal()) {
      for (int i = 0; i < 300; i++) {
        int first = random.nextInt(20);
        written.write(wal, i, IntStream.range(first, first + 1 + random.nextInt(10)).toArray());
        if (random.nextInt(5) == 0) {
          wal.forget(random.nextInt(30));
        }
      }
    }
  }

  private List<Path> segments() throws IOException {
    try (var names = Files.list(directory)) {
      return names.filter(each -> each.toString().endsWith(".wal")).sorted().toList();
    }
  }

  private WalReplay replay(LoggedSamples into) throws IOException {
    Wal.Opened opened = Wal.open(directory, OPTIONS, new DiskFiles(), into);
    opened.wal().close();
    return opened.replay();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void randomDamageCostsWhatItHitsAndInventsNothing(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    writeLog(random);
    List<Path> segments = segments();
    assertThat(segments).hasSizeGreaterThan(3);
    for (int round = 0; round < 40; round++) {
      Path hit = segments.get(random.nextInt(segments.size()));
      byte[] good = Files.readAllBytes(hit);
      byte[] bad = damaged(good, random);
      Files.write(hit, bad);
      LoggedSamples found = new LoggedSamples();
      WalReplay replay = replay(found);
      assertThat(written.samples.entrySet()).containsAll(found.samples.entrySet());
      if (!Arrays.equals(good, bad) && bad.length >= good.length) {
        assertThat(replay.skippedBytes()).isPositive();
      }
      assertThat(found.samples).hasSizeGreaterThan(written.samples.size() * 3 / 4);
      Files.write(hit, good);
    }
  }

  private static byte[] damaged(byte[] good, SplittableRandom random) {
    byte[] bad = good.clone();
    int at = random.nextInt(bad.length);
    return switch (random.nextInt(5)) {
      case 0 -> flip(bad, at, random);
      case 1 -> {
        Arrays.fill(bad, at, Math.min(bad.length, at + 1 + random.nextInt(64)), (byte) 0);
        yield bad;
      }
      case 2 -> {
        for (int i = 0; i < 5; i++) {
          flip(bad, random.nextInt(bad.length), random);
        }
        yield bad;
      }
      case 3 -> Arrays.copyOf(bad, at);
      default -> Arrays.copyOf(bad, bad.length + 1 + random.nextInt(5000)); // zeros behind
    };
  }

  private static byte[] flip(byte[] bytes, int at, SplittableRandom random) {
    bytes[at] ^= (byte) (1 << random.nextInt(8));
    return bytes;
  }

  @Test
  void aFlippedBitInARecordOfSamplesCostsThatRecord() throws IOException {
    try (Wal wal = Wal.open(directory, OPTIONS, new DiskFiles(), new LoggedSamples()).wal()) {
      for (int i = 0; i < 20; i++) {
        written.write(wal, i, 1, 2, 3);
      }
    }
    Path file = segments().getFirst();
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);
    LoggedSamples found = new LoggedSamples();
    WalReplay replay = replay(found);
    assertThat(found.samples).hasSize(19 * 3);
    assertThat(written.samples).containsAllEntriesOf(found.samples);
    assertThat(replay.skippedBytes()).isBetween(1L, 100L);
  }

  @Test
  void samplesOfASeriesWhoseDefinitionIsDamagedAreNotGivenToAnother() throws IOException {
    try (Wal wal = Wal.open(directory, OPTIONS, new DiskFiles(), new LoggedSamples()).wal()) {
      written.write(wal, 1, 5);
      wal.forget(5);
      written.write(wal, 2, 5);
    }
    Path file = segments().getFirst();
    byte[] bytes = Files.readAllBytes(file);
    int second =
        new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).lastIndexOf("t\1\1i");
    bytes[second + 3] = 'j';
    Files.write(file, bytes);
    LoggedSamples found = new LoggedSamples();
    WalReplay replay = replay(found);
    assertThat(found.samples.keySet()).containsExactly(List.of(5L, 1L));
    assertThat(replay.unknownSamples()).isEqualTo(1);
  }

  @Test
  void aMissingSegmentIsReportedAndTheOthersAreRead() throws IOException {
    writeLog(new SplittableRandom(5));
    Files.delete(segments().get(2));
    LoggedSamples found = new LoggedSamples();
    WalReplay replay = replay(found);
    assertThat(replay.missingSegments()).isEqualTo(1);
    assertThat(replay.skippedBytes()).isZero();
    assertThat(written.samples).containsAllEntriesOf(found.samples);
  }

  @Test
  void aSegmentThatCannotBeReadIsNamed() throws IOException {
    writeLog(new SplittableRandom(5));
    Path file = segments().get(2);
    Files.delete(file);
    Files.createDirectory(file);
    assertThatThrownBy(() -> replay(new LoggedSamples()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("move it away");
  }
}
