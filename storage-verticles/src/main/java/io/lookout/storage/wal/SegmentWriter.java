package io.lookout.storage.wal;

import io.lookout.model.bytes.ByteWriter;
import io.lookout.storage.wal.LogFiles.LogFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes groups to the segment that is open, and decides what a failure means.
 *
 * <pre>
 *   write fails            ─► the group is cut off; not acknowledged        ┐
 *   force fails, ALWAYS    ─► the group is cut off; not acknowledged        ├─► next group: a new segment
 *   force fails, INTERVAL  ─► the segment stays as it is; see {@link #doubt} ┘
 * </pre>
 *
 * <p>A file whose force has failed is never forced again: operating systems forget the pages that
 * they could not write, so that the next force succeeds without them (fsyncgate). What must be
 * durable goes to a new file.
 */
final class SegmentWriter {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentWriter.class);
  private static final int LARGEST_WRITE = 1 << 20;

  private final Path directory;
  private final WalOptions options;
  private final LogFiles files;
  private final Segments segments;
  private final ByteBuffer direct = ByteBuffer.allocateDirect(LARGEST_WRITE);

  private @Nullable Segment segment;
  private @Nullable LogFile file;
  private long nextSegment;
  private long lastForce = System.nanoTime();
  private long unforced;

  /**
   * What was acknowledged under {@link WalSync#INTERVAL} could not be forced: nothing more is
   * acknowledged until a force has succeeded.
   */
  private boolean doubt;

  SegmentWriter(Path directory, WalOptions options, LogFiles files, Segments segments) {
    this.directory = directory;
    this.options = options;
    this.files = files;
    this.segments = segments;
    this.nextSegment = segments.lastNumber() + 1;
  }

  /** The open segment, or null where the next group begins one. */
  @Nullable Segment current() {
    return segment;
  }

  /** Ends the open segment and begins another, whose file is made with its first group. */
  void next() throws IOException {
    Segment before = segment;
    if (before != null && file == null) {
      nextSegment = before.number; // It never came to be.
    }
    finish();
    segment = new Segment(directory, nextSegment++);
  }

  /** Writes a group, so that it is as durable as the options say. */
  void write(ByteWriter group) throws IOException {
    Segment to = Objects.requireNonNull(segment, "a group begins with next()");
    try {
      LogFile open = open(to);
      write(open, group);
      unforced += group.size();
      if (options.sync() == WalSync.ALWAYS || doubt) {
        force(open);
      }
      to.bytes += group.size();
    } catch (IOException e) {
      cutOff(to, e);
      throw e;
    }
  }

  private LogFile open(Segment to) throws IOException {
    LogFile open = file;
    if (open == null) {
      open = files.create(to.file);
      file = open;
      segments.add(to);
      if (options.sync() != WalSync.OS) {
        files.forceNames(directory); // Without its name, what is forced of the file is nowhere.
      }
    }
    return open;
  }

  private void write(LogFile to, ByteWriter group) throws IOException {
    int at = 0;
    while (at < group.size()) {
      direct.clear();
      direct.put(group.array(), at, Math.min(direct.remaining(), group.size() - at));
      direct.flip();
      while (direct.hasRemaining()) {
        at += to.write(direct);
      }
    }
  }

  private void force(LogFile open) throws IOException {
    open.force();
    unforced = 0;
    doubt = false;
    lastForce = System.nanoTime();
  }

  /** Forces what was written to disk where the interval is over; for a quiet moment. */
  void forceIfDue() throws IOException {
    LogFile open = file;
    if (options.sync() == WalSync.INTERVAL
        && open != null
        && unforced > 0
        && System.nanoTime() - lastForce >= options.syncInterval().toNanos()) {
      forceOrDoubt(open);
    }
  }

  private void forceOrDoubt(LogFile open) throws IOException {
    Segment old = segment;
    try {
      force(open);
    } catch (IOException e) {
      doubt = true;
      LOG.error(
          "{}: {} bytes that were acknowledged under storage.wal.sync=interval could not be forced"
              + " to disk and may be lost if the machine fails before their windows are sealed."
              + " Samples are acknowledged again once a new segment was forced.",
          old == null ? directory : old.file,
          unforced);
      unforced = 0;
      file = null;
      segment = null;
      closeQuietly(open);
      throw e;
    }
  }

  /** Cuts off what was written of the group. The next group begins a segment of its own. */
  private void cutOff(Segment broken, IOException cause) {
    LogFile open = file;
    file = null;
    segment = null;
    if (open == null) {
      // Not made at all; a name that is taken by something else is not tried again.
      nextSegment = cause instanceof FileAlreadyExistsException ? nextSegment : broken.number;
      return;
    }
    try (open) {
      // What is left where this fails is a torn tail: not acknowledged, and skipped at replay.
      open.truncate(broken.bytes);
      if (options.sync() == WalSync.INTERVAL && broken.bytes > 0) {
        open.force(); // The groups before: nobody comes back to this file.
      }
    } catch (IOException e) {
      doubt |= options.sync() == WalSync.INTERVAL;
      LOG.warn("{}: what was written of a failed group cannot be cut off", broken.file, e);
    }
    unforced = 0;
    if (broken.bytes == 0) {
      remove(broken);
    }
  }

  /** So that attempts on a full disk do not leave a file each, nor gaps in the numbers. */
  private void remove(Segment empty) {
    try {
      files.delete(empty.file);
      segments.remove(empty);
      nextSegment = empty.number;
    } catch (IOException e) {
      LOG.warn("{}: an empty segment cannot be deleted", empty.file, e);
    }
  }

  private void closeQuietly(LogFile open) {
    try {
      open.close();
    } catch (IOException e) {
      LOG.warn("a segment in {} cannot be closed", directory, e);
    }
  }

  /** Ends the open segment, forced to disk unless the options leave that to the system. */
  void finish() throws IOException {
    LogFile open = file;
    if (open != null && unforced > 0 && options.sync() != WalSync.OS) {
      forceOrDoubt(open);
    }
    unforced = 0;
    file = null;
    segment = null;
    if (open != null) {
      closeQuietly(open);
    }
  }

  /** As {@link #finish}, forced in any case: the process ends. */
  void close() throws IOException {
    LogFile open = file;
    if (open != null && unforced > 0) {
      forceOrDoubt(open);
    }
    finish();
  }
}
