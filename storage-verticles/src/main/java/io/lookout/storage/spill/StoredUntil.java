package io.lookout.storage.spill;

import io.lookout.storage.block.Block;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The time before which the store has samples of this node, kept in a file: what is later is on
 * this node, whether or not the store got it too, and can be asked for while the store is away.
 * Rounded up to a minute, so that the file is seldom written. Thread-safe.
 */
final class StoredUntil {
  private static final long MINUTE = 60_000;

  private final Path file;
  private volatile long time;

  private StoredUntil(Path file, long time) {
    this.file = file;
    this.time = time;
  }

  /**
   * What the file says.
   *
   * @param now where there is no file, the store may have anything up to now
   */
  static StoredUntil read(Path directory, long now) throws IOException {
    Path file = directory.resolve("stored-until");
    return new StoredUntil(file, Files.exists(file) ? parse(Files.readString(file), now) : now);
  }

  private static long parse(String text, long now) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      return now;
    }
  }

  long time() {
    return time;
  }

  boolean covers(long maxTime) {
    return maxTime < time;
  }

  /** The store has taken these blocks: to be called before this node forgets them. */
  Future<Void> advance(Vertx vertx, List<Block> blocks) {
    long maxTime = blocks.stream().mapToLong(Block::maxTime).max().orElse(Long.MIN_VALUE);
    if (covers(maxTime)) {
      return Future.succeededFuture();
    }
    return vertx.executeBlocking(() -> {
      advance(maxTime);
      return null;
    });
  }

  private synchronized void advance(long maxTime) throws IOException {
    if (covers(maxTime)) {
      return;
    }
    long rounded = (Math.floorDiv(maxTime, MINUTE) + 1) * MINUTE;
    Path next = file.resolveSibling("stored-until.next");
    Files.writeString(next, Long.toString(rounded));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    time = rounded;
  }
}
