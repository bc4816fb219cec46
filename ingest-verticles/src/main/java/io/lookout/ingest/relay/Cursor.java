package io.lookout.ingest.relay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * How far a queue has been sent: a file number and the offset in it.
 *
 * <p>Kept in a file of two numbers that is replaced as a whole. A crash between a request and the
 * file means that the request is sent again: remote write takes equal samples silently.
 */
record Cursor(long file, long offset) {
  private static final String NAME = "sent";

  static Cursor read(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    if (!Files.exists(file)) {
      return new Cursor(0, 0);
    }
    String[] numbers = Files.readString(file).strip().split(" ", -1);
    if (numbers.length != 2) {
      throw new IOException(file + " holds no two numbers: delete it to send the queue again");
    }
    try {
      return new Cursor(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
    } catch (NumberFormatException e) {
      throw new IOException(file + " holds no two numbers: delete it to send the queue again", e);
    }
  }

  void write(Path directory) throws IOException {
    Path fresh = directory.resolve(NAME + ".new");
    Files.write(fresh, (file + " " + offset + "\n").getBytes(StandardCharsets.US_ASCII));
    Files.move(
        fresh,
        directory.resolve(NAME),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
