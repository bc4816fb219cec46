package io.lookout.storage.wal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * What a log asks of the file system to be written. {@link DiskFiles} is the file system; a test
 * puts one that fails in its place.
 */
public interface LogFiles {
  /** A file that is being written, from its beginning on. */
  interface LogFile extends Closeable {
    /** Appends some of the bytes and says how many. */
    int write(ByteBuffer bytes) throws IOException;

    /** Cuts off what is behind. */
    void truncate(long length) throws IOException;

    /** Returns when the contents are on the disk. */
    void force() throws IOException;
  }

  /** Makes a file, which must not be there yet. */
  LogFile create(Path file) throws IOException;

  void delete(Path file) throws IOException;

  /** Makes the names in a directory durable. */
  void forceNames(Path directory) throws IOException;

  /** The bytes that there is room for. */
  long room(Path directory) throws IOException;
}
