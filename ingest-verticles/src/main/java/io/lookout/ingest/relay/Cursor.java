package io.lookout.ingest.relay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a queue has been sent: a file number and the offset in it.
 *
 * <p>Kept in a file of two numbers that is replaced as a whole, and never forced to disk. A crash
 * between a request and the file means that the request is sent again: remote write takes equal
 * samples silently. A machine that loses its power may leave an older cursor, one without content,
 * or one that is ahead of queue files whose ends are lost: nothing that is there may be passed over
 * for any of them.
 */
record Cursor(long file, long offset) {
  private static final Logger LOG = LoggerFactory.getLogger(Cursor.class);
  private static final String NAME = "sent";
  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,18}) (\\d{1,18})\\s*");
  private static final Cursor BEGINNING = new Cursor(0, 0);

  static Cursor read(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    if (!Files.exists(file)) {
      return BEGINNING;
    }
    Matcher numbers = NUMBERS.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    if (!numbers.matches()) {
      LOG.warn("{} does not say how far the queue was sent: all of it is sent again", file);
      return BEGINNING;
    }
    return new Cursor(Long.parseLong(numbers.group(1)), Long.parseLong(numbers.group(2)));
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
