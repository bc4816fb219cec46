package io.lookout.storage.block;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Appends to a byte array that grows. */
final class ByteWriter {
  private byte[] array;
  private int size;

  ByteWriter(int capacity) {
    array = new byte[capacity];
  }

  void writeByte(int b) {
    reserve(1);
    array[size++] = (byte) b;
  }

  /** Seven bits a byte, the lowest first; the high bit says that more follow. */
  void writeVarint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      array[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    array[size++] = (byte) rest;
  }

  /** A signed number as a varint that is short near zero. */
  void writeZigzag(long value) {
    writeVarint((value << 1) ^ (value >> 63));
  }

  void writeString(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    writeVarint(utf8.length);
    writeBytes(utf8, 0, utf8.length);
  }

  void writeBytes(byte[] source, int offset, int length) {
    reserve(length);
    System.arraycopy(source, offset, array, size, length);
    size += length;
  }

  void writeBytes(ByteWriter source) {
    writeBytes(source.array, 0, source.size);
  }

  int size() {
    return size;
  }

  /** What was written, followed by its CRC-32C in four bytes, the highest first. */
  byte[] toChecksummedArray() {
    CRC32C crc = new CRC32C();
    crc.update(array, 0, size);
    int sum = (int) crc.getValue();
    for (int shift = 24; shift >= 0; shift -= 8) {
      writeByte(sum >>> shift);
    }
    return Arrays.copyOf(array, size);
  }

  private void reserve(int n) {
    if (array.length - size < n) {
      array = Arrays.copyOf(array, Math.max(array.length * 2, size + n));
    }
  }
}
