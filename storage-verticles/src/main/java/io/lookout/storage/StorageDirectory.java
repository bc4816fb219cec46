package io.lookout.storage;

import io.lookout.cluster.files.NewDirectories;
import io.lookout.storage.wal.DiskFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a storage node keeps what: {@code shards/<number>/}, {@code store/}, {@code store-5m/},
 * {@code store-1h/}, {@code spill/} and {@code snapshots/<name>/} in the data directory of the
 * node, which the node has locked.
 */
record StorageDirectory(Path path) {
  Path store() {
    return path.resolve("store");
  }

  /** Of aggregates. */
  Path store(String resolution) {
    return path.resolve("store-" + resolution);
  }

  Path spill() {
    return path.resolve("spill");
  }

  Path snapshots() {
    return path.resolve("snapshots");
  }

  Path shard(int number) {
    return shards().resolve(Integer.toString(number));
  }

  private Path shards() {
    return path.resolve("shards");
  }

  /**
   * One more than the highest number of a shard that there is; makes the folder where there is
   * none.
   */
  int shardsPresent() throws IOException {
    NewDirectories.make(shards(), new DiskFiles()::forceNames);
    try (Stream<Path> children = Files.list(shards())) {
      List<String> names = children.map(child -> child.getFileName().toString()).toList();
      return names.stream()
          .filter(name -> name.matches("\\d{1,6}"))
          .mapToInt(name -> Integer.parseInt(name) + 1)
          .max()
          .orElse(0);
    }
  }
}
