package io.lookout.model.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * Reads what {@link ByteWriter} wrote, from a stretch of a byte array, and never leaves it: every
 * method throws {@link MalformedBytesException} where the bytes end too early.
 */
public final class ByteReader {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] array;
  private final int end;
  private int position;

  public ByteReader(byte[] array) {
    this(array, 0, array.length);
  }

  public ByteReader(byte[] array, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, array.length);
    this.array = array;
    this.position = offset;
    this.end = offset + length;
  }

  /** The index in the array of the next byte to be read. */
  public int position() {
    return position;
  }

  public int remaining() {
    return end - position;
  }

  public int readByte() {
    need(1);
    return array[position++] & 0xff;
  }

  public int readInt() {
    need(4);
    position += 4;
    return (int) INT.get(array, position - 4);
  }

  public long readLong() {
    need(8);
    position += 8;
    return (long) LONG.get(array, position - 8);
  }

  public double readDouble() {
    return Double.longBitsToDouble(readLong());
  }

  public long readVarLong() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = readByte();
      if (shift == 63 && b > 1) {
        break;
      }
      value |= (b & 0x7fL) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw new MalformedBytesException("varint of more than 64 bits before byte " + position);
  }

  public long readZigZag() {
    long value = readVarLong();
    return (value >>> 1) ^ -(value & 1);
  }

  /** A zigzag varint that must fit in 32 bits. */
  public int readZigZagInt() {
    long value = readZigZag();
    if (value != (int) value) {
      throw new MalformedBytesException("number out of range: " + value);
    }
    return (int) value;
  }

  /**
   * A varint that counts things which follow, each of them at least {@code bytesEach} bytes: more
   * than fit in the rest is refused before anybody allocates room for them.
   */
  public int readCount(int bytesEach) {
    long count = readVarLong();
    if (count < 0 || count > remaining() / bytesEach) {
      throw new MalformedBytesException(
          "count of " + Long.toUnsignedString(count) + " before " + remaining() + " bytes");
    }
    return (int) count;
  }

  public byte[] readBytes(int length) {
    need(length);
    position += length;
    return Arrays.copyOfRange(array, position - length, position);
  }

  public String readText() {
    int length = readCount(1);
    position += length;
    return new String(array, position - length, length, StandardCharsets.UTF_8);
  }

  public void skip(int length) {
    need(length);
    position += length;
  }

  private void need(int n) {
    if (n < 0 || n > end - position) {
      throw new MalformedBytesException(
          "need " + n + " bytes where " + (end - position) + " are left");
    }
  }
}
