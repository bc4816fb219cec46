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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskQueueTest {
  private static final long BOUND = DiskQueue.LEAST_BOUND;

  @TempDir private Path directory = Path.of("");

  private DiskQueue open() throws IOException {
    return DiskQueue.open(directory, BOUND, "relay.queue.bytes");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(file -> file.toString().endsWith(".queue")).sorted().toList();
    }
  }

  private static byte[] payload(SplittableRandom random) {
    byte[] payload = new byte[random.nextInt(20_000)];
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
            queue.remove(first);
          }
        } else {
          queue = open();
        }
      }
      while (!expected.isEmpty()) {
        byte[] first = queue.first().orElseThrow();
        assertThat(first).isEqualTo(expected.remove());
        queue.remove(first);
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
    queue.remove(queue.first().orElseThrow());
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
    again.remove(new byte[100]);
    assertThat(again.first().orElseThrow()).hasSize(300);
    again.remove(new byte[300]);
    assertThat(again.first()).isEmpty();
    assertThat(again.bytes()).isZero();
  }

  @Test
  void damageCostsTheRestOfItsFileOnly() throws IOException {
    DiskQueue queue = open();
    queue.append(new byte[100]);
    DiskQueue second = open();
    second.append(new byte[200]);
    Path file = files().getFirst();
    byte[] bytes = Files.readAllBytes(file);
    bytes[50] ^= 1;
    Files.write(file, bytes);
    DiskQueue again = open();
    assertThat(again.first().orElseThrow()).hasSize(200);
  }

  @Test
  void aCursorOfRubbishIsToldOf() throws IOException {
    open().append(new byte[1]);
    Files.writeString(directory.resolve("sent"), "rubbish");
    assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("sent");
  }
}
