package io.lookout.app.tsdb;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.lookout.model.LookoutException;
import io.lookout.model.SampleColumns;
import io.lookout.query.remoteread.ChunkReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files and what is in them, cut, flipped, and with lengths that cannot be: nothing but what is
 * declared is thrown, and nothing is allocated by a length alone. {@code -Ddamage.rounds=100000}
 * goes on for longer.
 */
class DamageTest {
  private static final int ROUNDS = Integer.getInteger("damage.rounds", 300);

  /** Bytes that a chunk or record of a few KiB may cost, however it is damaged. */
  private static final long MOST_ALLOCATED = 64L << 20;

  @TempDir private Path data = Path.of("");

  /** One change, and sometimes more. */
  private static byte[] damaged(byte[] whole, SplittableRandom random) {
    byte[] bytes = whole.clone();
    do {
      int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes = Arrays.copyOf(bytes, at);
        case 1 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 9), (byte) 0xff);
        case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 8), (byte) 0);
        case 3 -> {
          if (at + 4 <= bytes.length) {
            ByteBuffer.wrap(bytes).putInt(at, Integer.MAX_VALUE - random.nextInt(16));
          }
        }
        default -> {
          if (bytes.length > 0) {
            bytes[at] ^= (byte) (1 << random.nextInt(8));
          }
        }
      }
    } while (random.nextInt(3) == 0);
    return bytes;
  }

  @Test
  void damagedFilesAreReadOrRefused() throws IOException {
    DataDirectory.copy(data);
    List<Path> files = DataDirectory.files(data);
    SplittableRandom random = new SplittableRandom(1);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Path file = files.get(random.nextInt(files.size()));
      byte[] whole = Files.readAllBytes(file);
      Files.write(file, damaged(whole, random));
      try {
        DataDirectory.samples(data);
      } catch (IOException | LookoutException e) {
        refused++;
      }
      Files.write(file, whole);
    }
    assertThat(refused).isBetween(ROUNDS / 20, ROUNDS);
  }

  @Test
  void damagedRecordsAreReadOrRefused() throws IOException {
    List<byte[]> records = DataDirectory.records();
    SplittableRandom random = new SplittableRandom(2);
    LogVisitor collector = new HeadCollector(Long.MIN_VALUE, new Tombstones());
    for (int round = 0; round < 20 * ROUNDS; round++) {
      byte[] record = damaged(records.get(random.nextInt(records.size())), random);
      within(() -> {
        try {
          LogRecord.read(record, collector);
        } catch (LookoutException e) {
          assertThat(e).hasMessageNotContaining("null");
        }
      });
    }
  }

  @Test
  void damagedChunksAreReadOrRefused() throws IOException {
    List<byte[]> chunks = chunks();
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 20 * ROUNDS; round++) {
      byte[] chunk = damaged(chunks.get(random.nextInt(chunks.size())), random);
      int encoding = chunk.length == 0 ? 1 : chunk[0];
      byte[] content = Arrays.copyOfRange(chunk, Math.min(1, chunk.length), chunk.length);
      within(() -> {
        try {
          ChunkReader.read(encoding, content, new SampleColumns());
        } catch (LookoutException e) {
          assertThat(e).hasMessageNotContaining("null");
        }
      });
    }
  }

  /** The encoding and the content of each chunk. */
  private static List<byte[]> chunks() throws IOException {
    List<byte[]> chunks = new ArrayList<>();
    for (PrometheusBlock block : PrometheusBlock.in(DataDirectory.kept())) {
      try (FileBytes file = new FileBytes(block.directory().resolve("chunks/000001"))) {
        file.at(8);
        while (file.position() < file.size()) {
          chunks.add(file.readBytes(file.readUvarint() + 1));
          file.readInt();
        }
      }
    }
    return chunks;
  }

  private static void within(Runnable reading) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    reading.run();
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_ALLOCATED);
  }
}
