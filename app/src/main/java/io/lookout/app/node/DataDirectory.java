package io.lookout.app.node;

import io.lookout.cluster.files.NewDirectories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The directory that belongs to one process. A lock on its file {@code lock} keeps a second start
 * out; the system lets go of it when the process dies, however it dies.
 */
final class DataDirectory implements AutoCloseable {
  private final Path path;
  private final FileChannel lockFile;

  private DataDirectory(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Makes the directory where it is missing, and locks it.
   *
   * @throws StartException where it cannot be written to or another process has it
   */
  static DataDirectory open(Path path) {
    try {
      NewDirectories.make(path, DataDirectory::forceNames);
      FileChannel file =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(file) == null) {
        file.close();
        throw new StartException(
            "data directory "
                + path.toAbsolutePath()
                + " is in use by another Lookout. Stop it, or give this one its own directory with"
                + " --data DIR");
      }
      return new DataDirectory(path, file);
    } catch (IOException e) {
      throw new StartException(
          "data directory "
              + path.toAbsolutePath()
              + " cannot be written to ("
              + e
              + "). Give this user the right to write there, or another directory with --data DIR",
          e);
    }
  }

  private static void forceNames(Path directory) throws IOException {
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // another node of this very process
    }
  }

  Path path() {
    return path;
  }

  /** The identity that stays with the data: where series live depends on it. */
  String nodeId(RandomGenerator random) {
    Path file = path.resolve("node-id");
    try {
      if (!Files.exists(file)) {
        Path draft = path.resolve("node-id.tmp");
        Files.writeString(draft, "node-" + HexFormat.of().toHexDigits(random.nextInt()) + "\n");
        Files.move(draft, file);
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read or write " + file, e);
    }
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
