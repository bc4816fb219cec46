package io.lookout.storage.wal;

import io.lookout.model.LookoutException;
import io.lookout.model.bytes.ByteReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file of the log. */
final class Segment {
  private static final Logger LOG = LoggerFactory.getLogger(Segment.class);
  private static final int READ_AHEAD = 1 << 18;
  private static final String SUFFIX = ".wal";

  final Path file;
  final long number;
  final SegmentWindows windows = new SegmentWindows();
  long bytes;
  private byte[] payload = new byte[0];

  Segment(Path directory, long number) {
    this.number = number;
    this.file = directory.resolve(String.format(Locale.ROOT, "%010d%s", number, SUFFIX));
  }

  /** The number of the segment that a file is, where it is one. */
  static OptionalLong number(Path file) {
    String name = String.valueOf(file.getFileName());
    if (!name.matches("\\d{10}\\" + SUFFIX)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(name.substring(0, 10)));
  }

  /**
   * Tells the visitor what the segment holds, up to the first record that is torn or damaged: what
   * is behind that one cannot be trusted, and what was acknowledged later is in later segments.
   */
  WalReplay replay(WalVisitor visitor) throws IOException {
    bytes = Files.size(file);
    RecordDecoder decoder = new RecordDecoder(visitor);
    long records = 0;
    long good = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), READ_AHEAD)) {
      if (Frame.isHeader(in.readNBytes(Frame.HEADER))) {
        good = Frame.HEADER;
        int length = next(in, bytes - good);
        while (length >= 0 && decode(decoder, length)) {
          good += Frame.PREFIX + length;
          records++;
          length = next(in, bytes - good);
        }
      }
    }
    payload = new byte[0];
    return new WalReplay(1, records, decoder.samples(), bytes - good);
  }

  /** Reads a payload into the buffer and returns its length, or -1 where it is torn or damaged. */
  private int next(InputStream in, long remaining) throws IOException {
    byte[] prefix = in.readNBytes(Frame.PREFIX);
    if (prefix.length < Frame.PREFIX) {
      return -1;
    }
    ByteReader reader = new ByteReader(prefix);
    int length = reader.readInt();
    int checksum = reader.readInt();
    if (length < 1 || length > remaining - Frame.PREFIX) {
      return -1;
    }
    if (length > payload.length) {
      payload = new byte[Math.max(length, payload.length * 2)];
    }
    boolean whole = in.readNBytes(payload, 0, length) == length;
    return whole && Frame.checksum(payload, 0, length) == checksum ? length : -1;
  }

  private boolean decode(RecordDecoder decoder, int length) {
    try {
      decoder.decode(new ByteReader(payload, 0, length));
      return true;
    } catch (LookoutException e) {
      LOG.warn("{}: a record of good checksum makes no sense: {}", file, e.getMessage());
      return false;
    }
  }
}
