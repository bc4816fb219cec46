package io.lookout.storage.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.ChunkMerge;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Reads merge what came late. Wherever an error stops them, the head holds what it held before:
 * here the stack ends, a little later each time, until a read goes through.
 */
class HeadErrorTest {
  private static final SelectRequest ALL =
      new SelectRequest(
          "t", List.of(Matcher.equal("__name__", "m")), 0, 1 << 20, 10, Long.MAX_VALUE);

  private final Head head = new Head(new HeadOptions(1000, 10, 10, 1 << 20, 100));
  private final int slot = head.resolve(SeriesKey.of("t", Labels.of("__name__", "m")));
  private final TreeMap<Long, Double> written = new TreeMap<>();
  private int value;

  private void append(long time) {
    head.append(slot, time, ++value, null, 0, 0);
    written.put(time, (double) value);
  }

  @Test
  void aReadThatFailsAnywhereLosesNothing() throws InterruptedException {
    for (long time = 0; time < 4000; time += 2) {
      append(time);
    }
    append(7);
    assertThat(samples()).as("also loads all classes, while there is room").isEqualTo(written);
    int failures = 0;
    for (int room = 0; ; room++) {
      append(501 + 2L * room);
      append(2501 + 2L * room);
      append(3990);
      boolean read = readsWith(room);
      assertThat(samples()).as("after a stack with room for %d frames", room).isEqualTo(written);
      if (read) {
        break;
      }
      failures++;
    }
    assertThat(failures).isGreaterThan(3);
  }

  /** Whether a read goes through so far before the end of a stack. */
  private boolean readsWith(int room) throws InterruptedException {
    AtomicReference<@Nullable Boolean> read = new AtomicReference<>();
    Thread small = new Thread(null, () -> read.set(fill(room) < 0), "small", 256 << 10);
    small.start();
    small.join();
    return Boolean.TRUE.equals(read.get());
  }

  /**
   * Goes as deep as the stack lets it, reads so many calls above that, and returns how many calls
   * are left to where it does; a negative number where the read went through.
   */
  @SuppressWarnings("InfiniteRecursion") // The end of the stack is what is wanted.
  private int fill(int room) {
    int left;
    try {
      left = fill(room);
    } catch (StackOverflowError end) {
      left = room;
    }
    if (left > 0) {
      return left - 1;
    }
    return left < 0 ? left : readHere();
  }

  private int readHere() {
    try {
      head.select(ALL);
      return -1;
    } catch (StackOverflowError again) {
      return Integer.MAX_VALUE;
    }
  }

  private NavigableMap<Long, Double> samples() {
    TreeMap<Long, Double> samples = new TreeMap<>();
    for (SeriesChunks each : new ArrayList<>(head.select(ALL))) {
      SampleColumns columns = new ChunkMerge().samples(each.chunks());
      for (int i = 0; i < columns.size; i++) {
        samples.put(columns.times[i], columns.values[i]);
      }
    }
    return samples;
  }
}
