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

class DiskQueueTest {
  private static final long BOUND = DiskQueue.LEAST_BOUND;

  @TempDir private Path directory = Path.of("");

  private final AtomicInteger damaged = new AtomicInteger();

  private DiskQueue open() throws IOException {
    return DiskQueue.open(directory, BOUND, "relay.queue.bytes", damaged::incrementAndGet);
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
  @Test
  void isAQueue() throws IOException {
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

  @Test
  void aCursorOfRubbishIsToldOf() throws IOException {
    open().append(new byte[1]);
    Files.writeString(directory.resolve("sent"), "rubbish");
    assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("sent");
  }
}
