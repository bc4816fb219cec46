package io.lookout.storage.block;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Reads what {@link ByteWriter} wrote and trusts none of it. */
final class ByteReader {
  private static final int CHECKSUM_BYTES = 4;

  private final byte[] array;
  private final int end;
  private final String what;
  private int position;

  /**
   * @param what names the bytes in error messages
   * @throws CorruptBlockException where the checksum at the end does not fit what is before it
   */
  ByteReader(byte[] checksummed, String what) throws CorruptBlockException {
    this.array = checksummed;
    this.what = what;
    this.end = checksummed.length - CHECKSUM_BYTES;
    if (end < 0) {
      throw new CorruptBlockException(what + " of " + checksummed.length + " bytes is cut off");
    }
    CRC32C crc = new CRC32C();
    crc.update(array, 0, end);
    int sum = 0;
    for (int i = end; i < array.length; i++) {
      sum = (sum << 8) | (array[i] & 0xff);
    }
    if (sum != (int) crc.getValue()) {
      throw new CorruptBlockException(what + " has a wrong checksum");
    }
  }

  int readByte() throws CorruptBlockException {
    require(1);
    return array[position++] & 0xff;
  }

  long readVarint() throws CorruptBlockException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = readByte();
      value |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw new CorruptBlockException(what + " has a number of more than ten bytes");
  }

  long readZigzag() throws CorruptBlockException {
    long raw = readVarint();
    return (raw >>> 1) ^ -(raw & 1);
  }

  /** A number of things, at most {@code limit}. */
  int readCount(long limit, String things) throws CorruptBlockException {
    long count = readVarint();
    if (count < 0 || count > limit) {
      throw new CorruptBlockException(
          what + " says " + Long.toUnsignedString(count) + " " + things + ", at most " + limit);
    }
    return (int) count;
  }

  String readString() throws CorruptBlockException {
    int length = readCount(remaining(), "bytes of text");
    String text = new String(array, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }

  /** Moves past {@code length} bytes and returns where they begin. */
  int skip(int length) throws CorruptBlockException {
    require(length);
    int start = position;
    position += length;
    return start;
  }

  int remaining() {
    return end - position;
  }

  byte[] array() {
    return array;
  }

  CorruptBlockException corrupt(String message) {
    return new CorruptBlockException(what + " " + message);
  }

  private void require(int n) throws CorruptBlockException {
    if (n > remaining()) {
      throw corrupt("ends early");
    }
  }
}
