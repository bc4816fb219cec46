package io.lookout.storage.wal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The file system. */
public final class DiskFiles implements LogFiles {
  // Finding the file system of a directory reads the table of mounts; asking it for room does not.
  private @Nullable FileStore store;

  @Override
  public LogFile create(Path file) throws IOException {
    return new OnDisk(
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void forceNames(Path directory) throws IOException {
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  @Override
  public long room(Path directory) throws IOException {
    FileStore known = store;
    if (known == null) {
      known = Files.getFileStore(directory);
      store = known;
    }
    return known.getUsableSpace();
  }

  private record OnDisk(FileChannel channel) implements LogFile {
    @Override
    public int write(ByteBuffer bytes) throws IOException {
      return channel.write(bytes);
    }

    @Override
    public void truncate(long length) throws IOException {
      channel.truncate(length);
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
