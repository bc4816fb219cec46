package io.lookout.app.tsdb;

import io.lookout.model.bytes.MalformedBytesException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A record read from front to end: big-endian numbers, varints, texts with their length. Every
 * method throws {@link MalformedBytesException} where the record ends too early.
 */
final class RecordBytes {
  private final ByteBuffer bytes;

  RecordBytes(byte[] record) {
    this.bytes = ByteBuffer.wrap(record);
  }

  boolean hasMore() {
    return bytes.hasRemaining();
  }

  private void need(long n) {
    if (n < 0 || n > bytes.remaining()) {
      throw new MalformedBytesException("a record ends early");
    }
  }

  int readByte() {
    need(1);
    return bytes.get() & 0xff;
  }

  long readLong() {
    need(8);
    return bytes.getLong();
  }

  double readDouble() {
    return Double.longBitsToDouble(readLong());
  }

  long readUvarint() {
    long number = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      long next = readByte();
      number |= (next & 0x7f) << shift;
      if (next < 0x80) {
        return number;
      }
    }
    throw new MalformedBytesException("a record has a number of more than ten bytes");
  }

  long readVarint() {
    long number = readUvarint();
    return number >>> 1 ^ -(number & 1);
  }

  /** A number that the format has in 32 bits. */
  int readVarint32() {
    long number = readVarint();
    if (number != (int) number) {
      throw new MalformedBytesException("a record has " + number + " where 32 bits suffice");
    }
    return (int) number;
  }

  /** How many things follow, each of so many bytes at least. */
  int readCount(int bytesEach) {
    long count = readUvarint();
    if (count < 0 || count > bytes.remaining() / bytesEach) {
      throw new MalformedBytesException("a record has more entries than bytes for them");
    }
    return (int) count;
  }

  String readText() {
    byte[] text = new byte[readCount(1)];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
