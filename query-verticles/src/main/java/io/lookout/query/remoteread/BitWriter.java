package io.lookout.query.remoteread;

import java.util.Arrays;

/** Bits, the highest of each number first. Not thread-safe. */
final class BitWriter {
  private byte[] bytes = new byte[256];
  private int bits;

  void clear() {
    Arrays.fill(bytes, 0, size(), (byte) 0);
    bits = 0;
  }

  /** In bytes. */
  int size() {
    return (bits + 7) >>> 3;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size());
  }

  void bit(int bit) {
    bits(bit, 1);
  }

  /** The lowest {@code n} bits of the number, 64 at most. */
  void bits(long number, int n) {
    if ((bits + n + 7) >>> 3 > bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    int left = n;
    while (left > 0) {
      int free = 8 - (bits & 7);
      int taken = Math.min(free, left);
      long part = (number >>> (left - taken)) & ((1 << taken) - 1);
      bytes[bits >>> 3] |= (byte) (part << (free - taken));
      bits += taken;
      left -= taken;
    }
  }

  void float64(double value) {
    bits(Double.doubleToRawLongBits(value), 64);
  }

  /** Seven bits a byte, the lowest first. */
  void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bits(rest | 0x80, 8);
      rest >>>= 7;
    }
    bits(rest, 8);
  }

  void zigzag(long value) {
    varint((value << 1) ^ (value >> 63));
  }

  /** Replaces the two bytes that everything begins with. */
  void count(int count) {
    bytes[0] = (byte) (count >>> 8);
    bytes[1] = (byte) count;
  }
}
