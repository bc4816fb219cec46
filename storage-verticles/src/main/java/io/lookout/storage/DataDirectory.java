package io.lookout.storage;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a storage node, which one process uses at a time: {@code lock}, {@code
 * shards/<number>/}, {@code store/}.
 */
final class DataDirectory implements AutoCloseable {
  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes the directory where it is missing.
   *
   * @throws LookoutException where another process has it
   */
  static DataDirectory open(Path path) throws IOException {
    Files.createDirectories(path.resolve("shards"));
    FileChannel channel =
        FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isOurs(channel)) {
      channel.close();
      throw new LookoutException(
          ErrorCode.UNAVAILABLE,
          "the data directory " + path.toAbsolutePath() + " is in use by another process");
    }
    return new DataDirectory(path, channel);
  }

  private static boolean isOurs(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  Path shard(int number) {
    return path.resolve("shards").resolve(Integer.toString(number));
  }

  /** One more than the highest number of a shard that there is. */
  int shardsPresent() throws IOException {
    try (Stream<Path> children = Files.list(path.resolve("shards"))) {
      List<String> names = children.map(child -> child.getFileName().toString()).toList();
      return names.stream()
          .filter(name -> name.matches("\\d{1,6}"))
          .mapToInt(name -> Integer.parseInt(name) + 1)
          .max()
          .orElse(0);
    }
  }

  /** Gives the directory back, and with it the lock. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
