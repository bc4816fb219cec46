package io.lookout.ingest.relay;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Payloads in the order in which they came, in files, bounded in bytes. One side appends, the other
 * looks at the first one and removes it when it has been dealt with. Survives the process.
 *
 * <p>Files are cut off at a size and deleted when all of them is sent, so that space comes back
 * while the queue is in use. Thread-safe.
 */
final class DiskQueue {
  /** A queue smaller than this could not hold one large request. */
  static final long LEAST_BOUND = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(DiskQueue.class);

  private final String setting;
  private final Path directory;
  private final long bound;
  private final long fileBytes;

  /** From the one that is read to the one that is written. */
  private final Deque<QueueFile> files = new ArrayDeque<>();

  private long end;
  private long begin;
  private long bytes;

  private DiskQueue(Path directory, long bound, String setting) {
    this.setting = setting;
    this.directory = directory;
    this.bound = bound;
    this.fileBytes = Math.clamp(bound / 16, LEAST_BOUND / 16, 64L << 20);
  }

  /**
   * Opens the queue of a directory, which is made if need be.
   *
   * @param bound bytes that may wait
   * @param setting which sets that, for messages
   */
  static DiskQueue open(Path directory, long bound, String setting) throws IOException {
    Files.createDirectories(directory);
    DiskQueue queue = new DiskQueue(directory, bound, setting);
    queue.recover(Cursor.read(directory));
    return queue;
  }

  private void recover(Cursor sent) throws IOException {
    for (long number : fileNumbers()) {
      QueueFile file = new QueueFile(directory, number);
      if (number < sent.file()) {
        file.delete();
      } else {
        files.add(file);
      }
    }
    if (files.isEmpty()) {
      files.add(new QueueFile(directory, sent.file()));
    }
    begin = files.getFirst().number() == sent.file() ? sent.offset() : 0;
    for (QueueFile file : files) {
      bytes += file.size();
    }
    bytes -= begin;
    // A file that was cut off by a crash is not written to again.
    if (files.getLast().size() > 0) {
      files.add(new QueueFile(directory, files.getLast().number() + 1));
    }
    end = 0;
  }

  private List<Long> fileNumbers() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(QueueFile::number)
          .filter(number -> number.isPresent())
          .map(number -> number.getAsLong())
          .sorted()
          .toList();
    }
  }

  /**
   * Returns when the operating system has the payload.
   *
   * @throws LookoutException {@link ErrorCode#UNAVAILABLE} where the queue is full
   */
  synchronized void append(byte[] payload) throws IOException {
    long size = QueueFile.sizeOf(payload);
    if (bytes > 0 && bytes + size > bound) {
      throw new LookoutException(
          ErrorCode.UNAVAILABLE,
          "the queue in "
              + directory
              + " is full: "
              + bytes
              + " bytes wait for the target; the bound is "
              + setting);
    }
    if (end > 0 && end + size > fileBytes) {
      files.add(new QueueFile(directory, files.getLast().number() + 1));
      end = 0;
    }
    files.getLast().write(end, payload);
    end += size;
    bytes += size;
  }

  /** The oldest payload; empty where nothing waits. Damaged ones are told of and passed over. */
  synchronized Optional<byte[]> first() throws IOException {
    while (true) {
      QueueFile file = files.getFirst();
      boolean last = files.size() == 1;
      if (last && begin >= end) {
        return Optional.empty();
      }
      Optional<byte[]> payload = file.read(begin);
      if (payload.isPresent()) {
        return payload;
      }
      leave(file, last);
    }
  }

  /** The rest of a file holds nothing that can be read. */
  private void leave(QueueFile file, boolean last) throws IOException {
    long rest = (last ? end : file.size()) - begin;
    if (rest > 0) {
      LOG.warn("{}: {} bytes from offset {} are torn or damaged and skipped", file, rest, begin);
    }
    if (last) {
      files.add(new QueueFile(directory, file.number() + 1));
      end = 0;
    }
    bytes -= rest;
    files.removeFirst();
    begin = 0;
    remember();
    file.delete();
  }

  /** Removes the payload that {@link #first} gave. */
  synchronized void remove(byte[] first) throws IOException {
    begin += QueueFile.sizeOf(first);
    bytes -= QueueFile.sizeOf(first);
    remember();
  }

  private void remember() throws IOException {
    new Cursor(files.getFirst().number(), begin).write(directory);
  }

  /** What waits, with what is around it. */
  synchronized long bytes() {
    return bytes;
  }
}
