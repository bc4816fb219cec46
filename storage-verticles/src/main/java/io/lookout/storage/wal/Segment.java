package io.lookout.storage.wal;

import io.lookout.model.LookoutException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file of the log. */
final class Segment {
  private static final Logger LOG = LoggerFactory.getLogger(Segment.class);
  private static final String SUFFIX = ".wal";

  final Path file;
  final long number;
  final SegmentWindows windows = new SegmentWindows();
  long bytes;

  Segment(Path directory, long number) {
    this.number = number;
    this.file = file(directory, number);
  }

  static Path file(Path directory, long number) {
    return directory.resolve(String.format(Locale.ROOT, "%010d%s", number, SUFFIX));
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
   * Tells the visitor what the segment holds. Records that are damaged are skipped, reported, and
   * reading goes on behind them.
   */
  WalReplay replay(WalVisitor visitor) throws IOException {
    RecordDecoder decoder = new RecordDecoder(visitor);
    long records = 0;
    long skipped = 0;
    try (RecordScanner scanner = new RecordScanner(file)) {
      bytes = scanner.size();
      boolean found = scanner.header() && scanner.next();
      while (scanner.end() < bytes || found) {
        if (!found) {
          long from = scanner.end();
          found = scanner.findNext();
          long to = found ? scanner.begin() : bytes;
          report(from, to);
          skipped += to - from;
          if (!found) {
            break;
          }
        }
        if (decode(decoder, scanner)) {
          records++;
        } else {
          skipped += scanner.end() - scanner.begin();
        }
        found = scanner.next();
      }
    } catch (IOException e) {
      throw new IOException(
          file + " cannot be read: " + e.getMessage() + ". To start without it, move it away", e);
    }
    reportUnknown(decoder.unknown());
    return new WalReplay(1, records, decoder.samples(), skipped, decoder.unknown(), 0);
  }

  private void report(long from, long to) {
    if (to == bytes) {
      LOG.warn(
          "{}: bytes {} to {}, its end, are torn or damaged and were skipped: what a crash left"
              + " there was not acknowledged",
          file,
          from,
          to);
    } else {
      LOG.error(
          "{}: bytes {} to {} are damaged and were skipped; what is behind them was read. Samples"
              + " in them are lost: check the disk",
          file,
          from,
          to);
    }
  }

  private void reportUnknown(long samples) {
    if (samples > 0) {
      LOG.error(
          "{}: {} samples were skipped, because the records that say of which series they are, are"
              + " damaged",
          file,
          samples);
    }
  }

  private boolean decode(RecordDecoder decoder, RecordScanner scanner) {
    try {
      decoder.decode(scanner.payload());
      return true;
    } catch (LookoutException e) {
      LOG.error(
          "{}: the record at {} makes no sense although its checksum is good, and was skipped: {}",
          file,
          scanner.begin(),
          e.getMessage());
      return false;
    }
  }
}
