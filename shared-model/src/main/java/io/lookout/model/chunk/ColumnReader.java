package io.lookout.model.chunk;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;

/**
 * Reads what {@link ColumnWriter} wrote. Every read is checked against the end of the slice; bytes
 * that make no sense end in a {@link LookoutException} and nothing else.
 */
final class ColumnReader {
  final byte[] array;
  int position;
  final int end;

  ColumnReader(Slice slice) {
    array = slice.array();
    position = slice.offset();
    end = slice.offset() + slice.length();
  }

  static LookoutException corrupt(String what) {
    return new LookoutException(ErrorCode.INTERNAL, "corrupt chunk: " + what);
  }

  int remaining() {
    return end - position;
  }

  /** Makes sure that so many bytes are left. */
  void need(long n) {
    if (n < 0 || n > end - position) {
      throw corrupt("column ends early");
    }
  }

  int readByte() {
    need(1);
    return array[position++] & 0xff;
  }

  long readFixed64() {
    need(8);
    long v = (long) ColumnWriter.LONG.get(array, position);
    position += 8;
    return v;
  }

  double readDouble() {
    return Double.longBitsToDouble(readFixed64());
  }

  long readVarint() {
    long v = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = readByte();
      v |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        return v;
      }
    }
    throw corrupt("varint of more than ten bytes");
  }

  long readZigzag() {
    long v = readVarint();
    return (v >>> 1) ^ -(v & 1);
  }

  /** A varint that counts something of which there can be no more than {@code limit}. */
  int readCount(int limit) {
    long n = readVarint();
    if (n < 0 || n > limit) {
      throw corrupt("a count of " + n + " where " + limit + " is the most");
    }
    return (int) n;
  }

  void finish() {
    if (position != end) {
      throw corrupt(remaining() + " bytes behind the column");
    }
  }
}
