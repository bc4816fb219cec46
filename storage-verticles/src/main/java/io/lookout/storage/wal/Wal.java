package io.lookout.storage.wal;

import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bytes.ByteWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The write-ahead log of a shard. Used by one thread.
 *
 * <p>A segment stands on its own: a series is defined in each segment that has samples of it,
 * before the first of them. So segments are dropped from the oldest on, as soon as the windows that
 * they hold samples of are in the block store, without anything to be carried over: a checkpoint is
 * the deletion of a file. A segment ends when it is full, and with its window: then the one that
 * follows holds little of the window before and does not keep it long.
 *
 * <p>Batches are added to a group and the group is committed: one write. What could not be written
 * is cut off again, and the next commit begins a new segment.
 */
public final class Wal implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Wal.class);
  private static final int LARGEST_WRITE = 1 << 20;

  /**
   * A segment is this many times as long as the definitions in it, so that they do not dominate.
   */
  private static final int DEFINITION_SHARE = 4;

  private final Path directory;
  private final WalOptions options;
  private final FileChannel lockFile;
  private final Segments segments;
  private final RecordEncoder encoder = new RecordEncoder();
  private final ByteWriter group = new ByteWriter(1 << 16);
  private final ByteBuffer direct = ByteBuffer.allocateDirect(LARGEST_WRITE);

  private @Nullable Segment segment;
  private @Nullable FileChannel channel;
  private long nextSegment = 1;
  private long definitionBytes;
  private long lastSync = System.nanoTime();
  private boolean unsynced;

  /** For each reference the number of the segment that defines it last. */
  private long[] definedIn = new long[1024];

  private long newestWindow = Long.MIN_VALUE;
  private final Set<Long> touched = new HashSet<>();
  // The window touched last, so that most samples need two comparisons and no look-up.
  private long touchedFrom = Long.MAX_VALUE;
  private long touchedTo = Long.MIN_VALUE;

  private Wal(Path directory, WalOptions options, FileChannel lockFile) {
    this.directory = directory;
    this.options = options;
    this.lockFile = lockFile;
    this.segments = new Segments(directory, options.window());
  }

  /** A log and what was in it. */
  public record Opened(Wal wal, WalReplay replay) {}

  /**
   * Opens the log of the directory, which is made where it is missing, and replays it.
   *
   * @throws IOException also where another process has it open
   */
  public static Opened open(Path directory, WalOptions options, WalVisitor visitor)
      throws IOException {
    Files.createDirectories(directory);
    FileChannel lock =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      lock(lock, directory);
      Wal wal = new Wal(directory, options, lock);
      WalReplay replay = wal.segments.replay(visitor);
      wal.nextSegment = wal.segments.lastNumber() + 1;
      wal.segments.dropUnneeded(null);
      return new Opened(wal, replay);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static void lock(FileChannel file, Path directory) throws IOException {
    FileLock lock;
    try {
      lock = file.tryLock();
    } catch (OverlappingFileLockException e) {
      throw new IOException("the log in " + directory + " is in use", e);
    }
    if (lock == null) {
      throw new IOException("the log in " + directory + " is in use by another process");
    }
  }

  /**
   * Begins a group: everything added until {@link #commit} is written in one go.
   *
   * @param newestTime of the samples that will be added, ms
   * @param preamble called when a new segment begins, to add what each segment should have
   */
  public void begin(long newestTime, Runnable preamble) {
    group.clear();
    touched.clear();
    touchedTo = Long.MIN_VALUE;
    long window = segments.windowOf(newestTime);
    if (segment == null || isFull(segment) || window > newestWindow) {
      closeChannel();
      newestWindow = Math.max(newestWindow, window);
      segment = new Segment(directory, nextSegment++);
      definitionBytes = 0;
      Frame.header(group);
      preamble.run();
    }
  }

  private boolean isFull(Segment current) {
    return current.bytes >= Math.max(options.segmentBytes(), DEFINITION_SHARE * definitionBytes);
  }

  /**
   * Adds samples and exemplars of a batch.
   *
   * @param refs reference of the batch's series {@code i} at {@code [offset + i]}
   */
  public void add(WriteBatch batch, int[] refs, int offset) {
    define(batch, refs, offset);
    long[] times = batch.times();
    for (int i = 0; i < batch.sampleCount(); i++) {
      if (times[i] < touchedFrom || times[i] >= touchedTo) {
        touch(times[i]);
      }
    }
    encoder.samples(group, batch, refs, offset);
    for (WriteBatch.SeriesExemplar each : batch.exemplars()) {
      RecordEncoder.exemplar(group, refs[offset + each.series()], each.exemplar());
    }
  }

  public void add(String tenant, MetricMetadata entry) {
    RecordEncoder.metadata(group, tenant, entry);
  }

  private void define(WriteBatch batch, int[] refs, int offset) {
    long number = current().number;
    for (int i = 0; i < batch.seriesCount(); i++) {
      int ref = refs[offset + i];
      if (ref >= definedIn.length) {
        definedIn = Arrays.copyOf(definedIn, Math.max(ref + 1, definedIn.length * 2));
      }
      if (definedIn[ref] != number) {
        definedIn[ref] = number;
        int before = group.size();
        RecordEncoder.series(group, ref, batch.series()[i]);
        definitionBytes += group.size() - before;
      }
    }
  }

  /** The reference may be given to another series. */
  public void forget(int ref) {
    if (ref < definedIn.length) {
      definedIn[ref] = 0;
    }
  }

  private void touch(long time) {
    touchedFrom = segments.windowOf(time);
    touchedTo = touchedFrom + options.window();
    touched.add(touchedFrom);
  }

  /**
   * Writes the group, so that it is as durable as the options say.
   *
   * @return the bytes written
   * @throws IOException where it could not be written; the log is as it was before the group
   */
  public int commit() throws IOException {
    Segment to = current();
    try {
      FileChannel file = open(to);
      write(file);
      unsynced = true;
      if (options.sync() == WalSync.ALWAYS) {
        sync();
      }
      to.bytes += group.size();
      touched.forEach(to.windows::touch);
      return group.size();
    } catch (IOException e) {
      abandon(to);
      throw e;
    }
  }

  private Segment current() {
    return Objects.requireNonNull(segment, "a group begins with begin()");
  }

  private FileChannel open(Segment to) throws IOException {
    if (channel == null) {
      channel = FileChannel.open(to.file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      segments.add(to);
      if (options.sync() == WalSync.ALWAYS) {
        segments.sync();
      }
    }
    return channel;
  }

  private void write(FileChannel file) throws IOException {
    int at = 0;
    while (at < group.size()) {
      direct.clear();
      direct.put(group.array(), at, Math.min(direct.remaining(), group.size() - at));
      direct.flip();
      while (direct.hasRemaining()) {
        at += file.write(direct);
      }
    }
  }

  /** Cuts off what was written of the group. The next group begins a segment of its own. */
  private void abandon(Segment broken) {
    LOG.warn("{} cannot be written, a new segment will be begun", broken.file);
    FileChannel file = channel;
    channel = null;
    segment = null;
    if (file != null) {
      try (file) {
        file.truncate(broken.bytes);
      } catch (IOException e) {
        // What is left is a torn tail: not acknowledged, and skipped at replay.
        LOG.warn("{} cannot be truncated", broken.file, e);
      }
    }
  }

  /** Forces what was written to disk where the interval is over; for a quiet moment. */
  public void syncIfDue() throws IOException {
    if (options.sync() == WalSync.INTERVAL
        && unsynced
        && System.nanoTime() - lastSync >= options.syncInterval().toNanos()) {
      sync();
    }
  }

  private void sync() throws IOException {
    if (channel != null) {
      channel.force(false);
    }
    unsynced = false;
    lastSync = System.nanoTime();
  }

  /** Logs that what there is of the window was frozen under the generation. */
  public void sealed(long window, long generation, Runnable preamble) throws IOException {
    writeWindow(RecordType.SEALED, window, generation, preamble);
    segments.sealed(window, generation);
  }

  /** Logs that the generation is in the block store, and drops segments that nobody needs now. */
  public void released(long window, long generation, Runnable preamble) throws IOException {
    writeWindow(RecordType.RELEASED, window, generation, preamble);
    segments.released(window, generation);
    segments.dropUnneeded(current());
  }

  private void writeWindow(int type, long window, long generation, Runnable preamble)
      throws IOException {
    begin(window, preamble);
    RecordEncoder.window(group, type, window, generation);
    commit();
  }

  public long bytes() {
    return segments.bytes();
  }

  public int segmentCount() {
    return segments.count();
  }

  private void closeChannel() {
    FileChannel file = channel;
    channel = null;
    segment = null;
    if (file != null) {
      try (file) {
        file.force(false);
      } catch (IOException e) {
        LOG.warn("a full segment could not be forced to disk", e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    closeChannel();
    lockFile.close();
  }
}
