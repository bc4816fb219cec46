package io.lookout.model.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that grow, with the few forms that columns are written in. Little-endian. */
final class ColumnWriter {
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[1024];
  private int size;

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /** Forgets what is behind the first {@code n} bytes. */
  void truncate(int n) {
    size = n;
  }

  byte[] array() {
    return bytes;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Makes sure that so many bytes can be written without growing. */
  void reserve(int n) {
    if (size + n > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + n));
    }
  }

  /** Counts bytes as written that were put into {@link #array()} behind {@link #size()}. */
  void advance(int n) {
    size += n;
  }

  void writeByte(int b) {
    reserve(1);
    bytes[size++] = (byte) b;
  }

  void writeFixed64(long v) {
    reserve(8);
    LONG.set(bytes, size, v);
    size += 8;
  }

  void writeDouble(double v) {
    writeFixed64(Double.doubleToRawLongBits(v));
  }

  /** Seven bits a byte, the lowest first; the number is taken as unsigned. */
  void writeVarint(long v) {
    reserve(10);
    long rest = v;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** A signed number as varint: 0, -1, 1, -2, … */
  void writeZigzag(long v) {
    writeVarint((v << 1) ^ (v >> 63));
  }

  static int varintLength(long v) {
    return (70 - Long.numberOfLeadingZeros(v | 1)) / 7;
  }

  static int zigzagLength(long v) {
    return varintLength((v << 1) ^ (v >> 63));
  }
}
