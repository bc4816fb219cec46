package io.lookout.storage.wal;

import io.lookout.model.bytes.ByteReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Reads the records of a segment, and finds the next good one behind damage.
 *
 * <pre>
 *   … │ record │ rec#rd │ record │ …      a record of wrong checksum: the next begins where its
 *              └───────►│                 length says, if there is a good one
 *   … │ record │ #ecord │ record │ …      a length that is wrong: every byte behind may be the
 *              └ ─ ─ ─ ►│                 beginning of a good one
 * </pre>
 *
 * <p>What is tried there must look like a record before its checksum is computed, and the bytes
 * that are checked in vain are bounded.
 */
final class RecordScanner implements AutoCloseable {
  private static final int READ_AHEAD = 1 << 18;

  /** Longer ones are not looked for behind damage. */
  private static final int LONGEST_SOUGHT = 1 << 24;

  /** Longer ones are not written. */
  private static final int LONGEST = 1 << 30;

  /** So much may be checked in vain in a segment: about a second's work. */
  private static final long MOST_IN_VAIN = 4L << 30;

  private final FileChannel file;
  private final long size;
  private byte[] buffer = new byte[READ_AHEAD];
  // buffer[0..filled) is the file from bufferedFrom on.
  private long bufferedFrom;
  private int filled;

  private long begin;
  private int length;
  private long end;
  private long inVain;

  RecordScanner(Path file) throws IOException {
    this.file = FileChannel.open(file, StandardOpenOption.READ);
    this.size = this.file.size();
  }

  long size() {
    return size;
  }

  /** Where the record begins. */
  long begin() {
    return begin;
  }

  /** Where the record ends. */
  long end() {
    return end;
  }

  /** The payload; good until the scanner goes on. */
  ByteReader payload() {
    return new ByteReader(buffer, at(begin + Frame.PREFIX), length);
  }

  /** Whether the file begins as a segment does. Goes behind that where it does. */
  boolean header() throws IOException {
    boolean good =
        has(0, Frame.HEADER) && Frame.isHeader(Arrays.copyOfRange(buffer, at(0), Frame.HEADER));
    end = good ? Frame.HEADER : 0;
    return good;
  }

  /** Goes to the record behind this one; false where there is no good one right there. */
  boolean next() throws IOException {
    return isRecord(end, LONGEST);
  }

  /** Goes to the next good record, wherever it begins; false where there is none. */
  boolean findNext() throws IOException {
    long damaged = end;
    if (has(damaged, Frame.PREFIX)) {
      long said = Frame.PREFIX + (prefix(damaged) & 0xffff_ffffL);
      if (isRecord(damaged + said, LONGEST)) {
        return true;
      }
    }
    for (long at = damaged + 1; at < size && inVain < MOST_IN_VAIN; at++) {
      if (isRecord(at, LONGEST_SOUGHT)) {
        return true;
      }
    }
    return false;
  }

  private boolean isRecord(long at, int longest) throws IOException {
    if (!has(at, Frame.PREFIX + 1)) {
      return false;
    }
    int said = prefix(at);
    if (said < 1
        || said > longest
        || said > size - at - Frame.PREFIX
        || !RecordType.isKnown(buffer[at(at + Frame.PREFIX)])
        || !has(at, Frame.PREFIX + said)) {
      return false;
    }
    int checksum = new ByteReader(buffer, at(at) + 4, 4).readInt();
    if (Frame.checksum(buffer, at(at + Frame.PREFIX), said) != checksum) {
      inVain += said;
      return false;
    }
    begin = at;
    length = said;
    end = at + Frame.PREFIX + said;
    return true;
  }

  private int prefix(long at) {
    return new ByteReader(buffer, at(at), 4).readInt();
  }

  private int at(long position) {
    return (int) (position - bufferedFrom);
  }

  /** Brings so many bytes into the buffer; false where the file has not so many. */
  private boolean has(long position, int count) throws IOException {
    if (position < 0 || position + count > size) {
      return false;
    }
    if (position >= bufferedFrom && position + count <= bufferedFrom + filled) {
      return true;
    }
    if (count > buffer.length) {
      buffer = new byte[Math.max(count, (int) Math.min(2L * buffer.length, LONGEST))];
      filled = 0;
    }
    return fill(position) >= count;
  }

  private int fill(long position) throws IOException {
    ByteBuffer into = ByteBuffer.wrap(buffer);
    int read = 0;
    while (into.hasRemaining() && read >= 0) {
      read = file.read(into, position + into.position());
    }
    bufferedFrom = position;
    filled = into.position();
    return filled;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
