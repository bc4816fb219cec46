package io.lookout.storage.wal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The file system, with a disk behind it that can be full or broken. */
public final class FailingFiles implements LogFiles {
  private final LogFiles disk = new DiskFiles();

  /** Bytes that can still be written. */
  public final AtomicLong room = new AtomicLong(Long.MAX_VALUE);

  /** Whether writing ends with an error that no disk makes. */
  public volatile boolean breaks;

  public volatile boolean forceFails;
  public volatile boolean truncateFails;
  public final List<Path> named = new CopyOnWriteArrayList<>();
  public final AtomicInteger forces = new AtomicInteger();

  @Override
  public LogFile create(Path file) throws IOException {
    return new Failing(disk.create(file));
  }

  @Override
  public void delete(Path file) throws IOException {
    disk.delete(file);
  }

  @Override
  public void forceNames(Path directory) throws IOException {
    named.add(directory);
    disk.forceNames(directory);
  }

  @Override
  public long room(Path directory) {
    return room.get();
  }

  private final class Failing implements LogFile {
    private final LogFile file;
    private boolean failed;

    Failing(LogFile file) {
      this.file = file;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      if (breaks) {
        throw new OutOfMemoryError("as if there were none");
      }
      if (room.get() == 0) {
        throw new IOException("No space left on device");
      }
      ByteBuffer part = bytes.slice();
      part.limit((int) Math.min(part.remaining(), room.get()));
      int written = file.write(part);
      bytes.position(bytes.position() + written);
      room.addAndGet(-written);
      return written;
    }

    @Override
    public void truncate(long length) throws IOException {
      if (truncateFails) {
        throw new IOException("Input/output error");
      }
      file.truncate(length);
    }

    /** As an operating system does it: fails once, and then knows nothing of it. */
    @Override
    public void force() throws IOException {
      if (failed) {
        throw new AssertionError("a file whose force has failed is forced again");
      }
      if (forceFails) {
        failed = true;
        throw new IOException("Input/output error");
      }
      forces.incrementAndGet();
      file.force();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
