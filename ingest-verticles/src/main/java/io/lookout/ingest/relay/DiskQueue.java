package io.lookout.ingest.relay;

import io.lookout.cluster.files.NewDirectories;
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
 * while the queue is in use. What is sent is remembered in a {@link Cursor}. Thread-safe.
 */
final class DiskQueue {
  /** A queue smaller than this could not hold one large request. */
  static final long LEAST_BOUND = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(DiskQueue.class);

  private final Path directory;
  private final Bound bound;
  private final QueueSync sync;
  private final long fileBytes;
  private final Runnable damage;

  /** From the one that is read to the one that is written. */
  private final Deque<QueueFile> files = new ArrayDeque<>();

  /** Told of, until half of it has gone. */
  private boolean full;

  private long end;
  private long begin;
  private long bytes;

  /**
   * How much may wait.
   *
   * @param setting which sets that, for messages
   */
  record Bound(long bytes, String setting) {}

  private DiskQueue(Path directory, Bound bound, QueueSync sync, Runnable damage) {
    this.damage = damage;
    this.directory = directory;
    this.bound = bound;
    this.sync = sync;
    this.fileBytes = Math.clamp(bound.bytes() / 16, LEAST_BOUND / 16, 64L << 20);
  }

  /**
   * Opens the queue of a directory, which is made if need be.
   *
   * @param damage told of each record that cannot be read, and of each file whose rest cannot
   */
  static DiskQueue open(Path directory, Bound bound, QueueSync sync, Runnable damage)
      throws IOException {
    NewDirectories.make(directory, sync::forceNames);
    DiskQueue queue = new DiskQueue(directory, bound, sync, damage);
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
    QueueFile first = files.getFirst();
    boolean begun = first.number() == sent.file() && sent.offset() > 0;
    // A machine that lost its power may have lost the end of the file, too.
    begin = begun ? Math.min(sent.offset(), first.size()) : 0;
    for (QueueFile file : files) {
      bytes += file.size();
    }
    bytes -= begin;
    // A file that was cut off by a crash is not written to again.
    if (begun || files.getLast().size() > 0) {
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
   * Returns when the operating system, or the disk, has the payload, as {@link QueueSync} says.
   *
   * @param payload not empty
   * @throws LookoutException {@link ErrorCode#UNAVAILABLE} where the queue is full
   */
  synchronized void append(byte[] payload) throws IOException {
    long size = QueueFile.sizeOf(payload);
    requireRoom(payload);
    if (end > 0 && end + size > fileBytes) {
      files.add(new QueueFile(directory, files.getLast().number() + 1));
      end = 0;
    }
    files.getLast().write(end, payload, sync);
    end += size;
    bytes += size;
  }

  /**
   * Whether {@link #append} would take the payload now.
   *
   * @throws LookoutException {@link ErrorCode#UNAVAILABLE} where the queue is full
   */
  synchronized void requireRoom(byte[] payload) {
    if (bytes > 0 && bytes + QueueFile.sizeOf(payload) > bound.bytes()) {
      String what =
          "the queue in "
              + directory
              + " is full: "
              + bytes
              + " bytes wait for the target; the bound is "
              + bound.setting();
      if (!full) {
        full = true;
        LOG.warn("{}. Senders are turned away until the target has taken some of it", what);
      }
      throw new LookoutException(ErrorCode.UNAVAILABLE, what);
    }
  }

  /** The oldest payload; empty where nothing waits. Damaged ones are told of and passed over. */
  synchronized Optional<byte[]> first() throws IOException {
    while (true) {
      QueueFile file = files.getFirst();
      boolean last = files.size() == 1;
      if (last && begin >= end) {
        return Optional.empty();
      }
      switch (file.read(begin)) {
        case QueueFile.Entry.Whole whole -> {
          return Optional.of(whole.payload());
        }
        case QueueFile.Entry.Damaged damaged -> skip(file, damaged.bytes());
        case QueueFile.Entry.End gone -> leave(file, last);
      }
    }
  }

  /** What stands behind the first payloads in the same file, if that is whole. */
  synchronized Optional<byte[]> after(List<byte[]> first) throws IOException {
    long at = begin + QueueFile.sizeOf(first);
    boolean none = files.size() == 1 && at >= end;
    return !none && files.getFirst().read(at) instanceof QueueFile.Entry.Whole whole
        ? Optional.of(whole.payload())
        : Optional.empty();
  }

  private void skip(QueueFile file, long size) throws IOException {
    LOG.warn("{}: a record of {} bytes at offset {} is damaged and skipped", file, size, begin);
    damage.run();
    begin += size;
    bytes -= size;
    remember();
  }

  /** The rest of a file holds nothing that can be read. */
  private void leave(QueueFile file, boolean last) throws IOException {
    long rest = (last ? end : file.size()) - begin;
    if (rest > 0) {
      LOG.warn("{}: {} bytes from offset {} are torn or damaged and skipped", file, rest, begin);
      damage.run();
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

  /** Removes the payloads that {@link #first} and {@link #after} gave. */
  synchronized void remove(List<byte[]> first) throws IOException {
    long size = QueueFile.sizeOf(first);
    begin += size;
    bytes -= size;
    full &= bytes > bound.bytes() / 2;
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
