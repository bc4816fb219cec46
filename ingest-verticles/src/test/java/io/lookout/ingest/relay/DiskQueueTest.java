package io.lookout.ingest.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.model.LookoutException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiskQueueTest {
  private static final long BOUND = DiskQueue.LEAST_BOUND;

  @TempDir private Path directory = Path.of("");

  private final AtomicInteger damaged = new AtomicInteger();
  private QueueSync sync = QueueSync.OS;

  private DiskQueue open() throws IOException {
    DiskQueue.Bound bound = new DiskQueue.Bound(BOUND, "relay.queue.bytes");
    return DiskQueue.open(directory, bound, sync, damaged::incrementAndGet);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(file -> file.toString().endsWith(".queue")).sorted().toList();
    }
  }

  private static byte[] payload(SplittableRandom random) {
    byte[] payload = new byte[random.nextInt(1, 20_000)];
    random.nextBytes(payload);
    return payload;
  }

  /** Against a queue in memory, through restarts at any point. */
  @ParameterizedTest
  @EnumSource
  void isAQueue(QueueSync whenForced) throws IOException {
    sync = whenForced;
    for (long seed = 1; seed <= 5; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Deque<byte[]> expected = new ArrayDeque<>();
      DiskQueue queue = open();
      for (int step = 0; step < 400; step++) {
        int choice = random.nextInt(10);
        if (choice < 5 && expected.size() < 40) {
          byte[] payload = payload(random);
          queue.append(payload);
          expected.add(payload);
        } else if (choice < 9) {
          assertThat(queue.first().isPresent()).as("seed %s", seed).isEqualTo(!expected.isEmpty());
          if (!expected.isEmpty()) {
            byte[] first = queue.first().orElseThrow();
            assertThat(first).isEqualTo(expected.remove());
            queue.remove(List.of(first));
          }
        } else {
          queue = open();
        }
      }
      while (!expected.isEmpty()) {
        byte[] first = queue.first().orElseThrow();
        assertThat(first).isEqualTo(expected.remove());
        queue.remove(List.of(first));
      }
      assertThat(queue.first()).isEmpty();
      assertThat(queue.bytes()).isZero();
      assertThat(files()).as("files of what is sent are deleted").hasSizeLessThanOrEqualTo(2);
    }
  }

  @Test
  void refusesBeyondItsBoundAndTakesAgainWhenThereIsRoom() throws IOException {
    DiskQueue queue = open();
    byte[] half = new byte[(int) BOUND / 2 - 100];
    queue.append(half);
    queue.append(half);
    assertThatThrownBy(() -> queue.append(half))
        .isInstanceOf(LookoutException.class)
        .hasMessageContaining("relay.queue.bytes");
    queue.remove(List.of(queue.first().orElseThrow()));
    queue.append(half);
    assertThat(queue.bytes()).isLessThanOrEqualTo(BOUND);
  }

  @Test
  void aTornEndIsPassedOver() throws IOException {
    DiskQueue queue = open();
    queue.append(new byte[100]);
    queue.append(new byte[200]);
    Path file = files().getFirst();
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    DiskQueue again = open();
    again.append(new byte[300]);
    assertThat(again.first().orElseThrow()).hasSize(100);
    again.remove(List.of(new byte[100]));
    assertThat(again.first().orElseThrow()).hasSize(300);
    again.remove(List.of(new byte[300]));
    assertThat(again.first()).isEmpty();
    assertThat(again.bytes()).isZero();
  }

  @Test
  void aDamagedRecordIsCountedAndCostsItselfOnly() throws IOException {
    DiskQueue queue = open();
    queue.append(new byte[100]);
    queue.append(new byte[200]);
    queue.append(new byte[300]);
    damage(50);
    DiskQueue again = open();
    assertThat(again.first().orElseThrow()).hasSize(200);
    assertThat(again.after(List.of(new byte[200])).orElseThrow()).hasSize(300);
    assertThat(damaged).hasValue(1);
    again.remove(List.of(new byte[200], new byte[300]));
    assertThat(again.first()).isEmpty();
    assertThat(again.bytes()).isZero();
  }

  @Test
  void aDamagedLengthCostsTheRestOfItsFile() throws IOException {
    DiskQueue queue = open();
    queue.append(new byte[100]);
    queue.append(new byte[100]);
    open().append(new byte[200]);
    damage(3);
    DiskQueue again = open();
    assertThat(again.first().orElseThrow()).hasSize(200);
    assertThat(damaged).hasValue(1);
  }

  /** What a file system has of a file whose size it wrote before a power cut, and not its bytes. */
  @Test
  void zerosAreNoRecords() throws IOException {
    DiskQueue queue = open();
    queue.append(new byte[100]);
    Files.write(files().getFirst(), new byte[100_000]);
    DiskQueue again = open();
    again.append(new byte[300]);
    assertThat(again.first().orElseThrow()).hasSize(300);
    assertThat(damaged).hasValue(1);
  }

  private void damage(int offset) throws IOException {
    Path file = files().getFirst();
    byte[] bytes = Files.readAllBytes(file);
    bytes[offset] ^= 0x40;
    Files.write(file, bytes);
  }

  /** As a machine that lost its power may leave it: all is sent again, nothing is lost. */
  @ParameterizedTest
  @ValueSource(strings = {"", "rubbish", "0 -5", "99999999999999999999 1", "\0\0\0\0"})
  void aCursorThatSaysNothingHasAllSentAgain(String cursor) throws IOException {
    DiskQueue queue = open();
    queue.append(new byte[100]);
    queue.append(new byte[200]);
    queue.remove(List.of(queue.first().orElseThrow()));
    Files.writeString(directory.resolve("sent"), cursor);

    DiskQueue again = open();
    assertThat(again.first().orElseThrow()).hasSize(100);
    again.remove(List.of(new byte[100]));
    assertThat(again.first().orElseThrow()).hasSize(200);
  }

  /** The cursor reached the disk, the file that it speaks of did not, or not all of it. */
  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 50, 108, 150})
  void aCursorAheadOfItsFileHidesNothingThatComesLater(int left) throws IOException {
    DiskQueue queue = open();
    queue.append(new byte[100]);
    queue.append(new byte[200]);
    queue.remove(List.of(new byte[100], new byte[200]));
    Path file = files().getFirst();
    if (left < 0) {
      Files.delete(file);
    } else {
      Files.write(file, Arrays.copyOf(Files.readAllBytes(file), left));
    }

    DiskQueue again = open();
    assertThat(again.bytes()).isZero();
    again.append(new byte[10]);
    again.append(new byte[20]);
    assertThat(again.first().orElseThrow()).hasSize(10);
    again.remove(List.of(new byte[10]));
    assertThat(open().first().orElseThrow()).hasSize(20);
    assertThat(damaged).as("what was sent is no damage").hasValue(0);
  }
}
