package io.lookout.ingest.relay;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** When a sample counts as durable in a queue: {@code relay.queue.sync} and the like. */
public enum QueueSync {
  /** In the page cache of the operating system: survives the end of the process. */
  OS,
  /** On the disk: survives the machine. */
  ALWAYS;

  /** What was written to a file, if this says so. */
  void force(FileChannel file) throws IOException {
    if (this == ALWAYS) {
      file.force(false);
    }
  }

  /** The names of files in a directory, without which their contents are of no use. */
  void forceNames(Path directory) throws IOException {
    if (this == ALWAYS) {
      try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }
}
