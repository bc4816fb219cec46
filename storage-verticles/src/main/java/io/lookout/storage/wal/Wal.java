package io.lookout.storage.wal;

import io.lookout.cluster.files.NewDirectories;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bytes.ByteWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

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
  /**
   * A segment is this many times as long as the definitions in it, so that they do not dominate.
   */
  private static final int DEFINITION_SHARE = 4;

  /** Between two questions for the room on the disk. */
  private static final long BYTES_BETWEEN_LOOKS = 1 << 20;

  private final Path directory;
  private final WalOptions options;
  private final LogFiles files;
  private final FileChannel lockFile;
  private final Segments segments;
  private final SegmentWriter writer;
  private final Definitions definitions = new Definitions();
  private final RecordEncoder encoder = new RecordEncoder();
  private final ByteWriter group = new ByteWriter(1 << 16);

  /** Series were defined in a group that was never written: the segment does not know them. */
  private boolean abandoned;

  private long bytesUntilLook;
  private long definitionBytes;
  private long newestWindow = Long.MIN_VALUE;
  private final Set<Long> touched = new HashSet<>();
  // The window touched last, so that most samples need two comparisons and no look-up.
  private long touchedFrom = Long.MAX_VALUE;
  private long touchedTo = Long.MIN_VALUE;

  private Wal(
      Path directory, WalOptions options, LogFiles files, FileChannel lockFile, Segments segments) {
    this.directory = directory;
    this.options = options;
    this.files = files;
    this.lockFile = lockFile;
    this.segments = segments;
    this.writer = new SegmentWriter(directory, options, files, segments);
  }

  /** A log and what was in it. */
  public record Opened(Wal wal, WalReplay replay) {}

  /**
   * Opens the log of the directory, which is made where it is missing, and replays it.
   *
   * @throws IOException also where another process has it open
   */
  public static Opened open(Path directory, WalOptions options, LogFiles files, WalVisitor visitor)
      throws IOException {
    NewDirectories.make(directory, files::forceNames);
    FileChannel lock =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      lock(lock, directory);
      Segments segments = new Segments(directory, options.window(), files);
      WalReplay replay = segments.replay(visitor);
      Wal wal = new Wal(directory, options, files, lock, segments);
      segments.dropUnneeded(null);
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
   * Begins a group of samples: everything added until {@link #commit} is written in one go.
   *
   * @param newestTime of the samples that will be added, ms
   * @param preamble called when a new segment begins, to add what each segment should have
   * @throws IOException where there is no room left but the reserve, or the segment before cannot
   *     be brought to an end; a later attempt may succeed
   */
  public void begin(long newestTime, Runnable preamble) throws IOException {
    lookForRoom();
    beginGroup(newestTime, preamble);
  }

  /**
   * The last of the room is for what moves windows to the block store, so that a full disk can
   * become an empty one.
   */
  private void lookForRoom() throws IOException {
    if (options.reserveBytes() == 0 || bytesUntilLook > 0) {
      return;
    }
    long room = files.room(directory);
    if (room < options.reserveBytes()) {
      throw new IOException(
          "No space left but the reserve: "
              + room
              + " bytes are free, storage.wal.reserve.bytes is "
              + options.reserveBytes());
    }
    bytesUntilLook = Math.min(BYTES_BETWEEN_LOOKS, room - options.reserveBytes());
  }

  private void beginGroup(long newestTime, Runnable preamble) throws IOException {
    group.clear();
    touched.clear();
    touchedTo = Long.MIN_VALUE;
    long window = segments.windowOf(newestTime);
    Segment open = writer.current();
    if (open == null || abandoned || isFull(open) || window > newestWindow) {
      newestWindow = Math.max(newestWindow, window);
      writer.next();
      abandoned = true; // Until its beginning is in the group.
      definitions.clear();
      definitionBytes = 0;
      Frame.header(group);
      preamble.run();
      abandoned = false;
    }
  }

  /** Forgets the group where something else than the disk has failed since it began. */
  public void abandon() {
    group.clear();
    abandoned = true;
  }

  private boolean isFull(Segment current) {
    return current.bytes >= Math.max(options.segmentBytes(), DEFINITION_SHARE * definitionBytes);
  }

  /**
   * Adds samples and exemplars of a batch.
   *
   * @param slots by which the caller knows the batch's series {@code i}, at {@code [offset + i]}
   */
  public void add(WriteBatch batch, int[] slots, int offset) {
    int before = group.size();
    int[] refs = definitions.refs(batch, slots, offset, group);
    definitionBytes += group.size() - before;
    long[] times = batch.times();
    for (int i = 0; i < batch.sampleCount(); i++) {
      if (times[i] < touchedFrom || times[i] >= touchedTo) {
        touch(times[i]);
      }
    }
    encoder.samples(group, batch, refs);
    for (WriteBatch.SeriesExemplar each : batch.exemplars()) {
      RecordEncoder.exemplar(group, refs[each.series()], each.exemplar());
    }
  }

  public void add(String tenant, MetricMetadata entry) {
    RecordEncoder.metadata(group, tenant, entry);
  }

  /** Remembers the generation given out last, whatever becomes of the segments before. */
  public void add(long generation) {
    RecordEncoder.generation(group, generation);
  }

  /** The slot may be given to another series. */
  public void forget(int slot) {
    definitions.forget(slot);
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
    Segment to = Objects.requireNonNull(writer.current(), "a group begins with begin()");
    bytesUntilLook -= group.size();
    try {
      writer.write(group);
    } catch (IOException e) {
      bytesUntilLook = 0;
      throw e;
    }
    touched.forEach(to.windows::touch);
    return group.size();
  }

  /** Forces what was written to disk where the interval is over; for a quiet moment. */
  public void syncIfDue() throws IOException {
    writer.forceIfDue();
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
    segments.dropUnneeded(writer.current());
  }

  private void writeWindow(int type, long window, long generation, Runnable preamble)
      throws IOException {
    beginGroup(window, preamble);
    RecordEncoder.window(group, type, window, generation);
    commit();
  }

  public Path directory() {
    return directory;
  }

  public long bytes() {
    return segments.bytes();
  }

  public int segmentCount() {
    return segments.count();
  }

  @Override
  public void close() throws IOException {
    try (lockFile) {
      writer.close();
    }
  }
}
