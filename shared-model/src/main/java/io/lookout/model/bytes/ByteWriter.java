package io.lookout.model.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A byte array that grows as it is written to. Fixed-width numbers are little-endian. Not
 * thread-safe. {@link ByteReader} reads what this writes.
 */
public final class ByteWriter {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

  private byte[] array;
  private int size;

  public ByteWriter() {
    this(256);
  }

  public ByteWriter(int capacity) {
    array = new byte[capacity];
  }

  /** The bytes so far are the first {@link #size} of this array, until the next write. */
  public byte[] array() {
    return array;
  }

  public int size() {
    return size;
  }

  /** Forgets what was written and keeps the array. */
  public void clear() {
    size = 0;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(array, size);
  }

  public ByteWriter putByte(int value) {
    reserve(1);
    array[size++] = (byte) value;
    return this;
  }

  public ByteWriter putInt(int value) {
    reserve(4);
    INT.set(array, size, value);
    size += 4;
    return this;
  }

  public ByteWriter putLong(long value) {
    reserve(8);
    LONG.set(array, size, value);
    size += 8;
    return this;
  }

  /** The bits as they are: every NaN keeps its payload. */
  public ByteWriter putDouble(double value) {
    return putLong(Double.doubleToRawLongBits(value));
  }

  /** Seven bits a byte, the lowest first; 1 to 10 bytes. The number counts as unsigned. */
  public ByteWriter putVarLong(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      array[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    array[size++] = (byte) rest;
    return this;
  }

  /** A varint whose small numbers of either sign are short. */
  public ByteWriter putZigZag(long value) {
    return putVarLong((value << 1) ^ (value >> 63));
  }

  public ByteWriter putBytes(byte[] bytes, int offset, int length) {
    reserve(length);
    System.arraycopy(bytes, offset, array, size, length);
    size += length;
    return this;
  }

  /** Length in bytes, then UTF-8. */
  public ByteWriter putText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    putVarLong(utf8.length);
    return putBytes(utf8, 0, utf8.length);
  }

  /**
   * Replaces four bytes written before: for lengths and checksums that are known afterwards.
   *
   * @throws IndexOutOfBoundsException where they have not been written
   */
  public void setInt(int position, int value) {
    if (position < 0 || position > size - 4) {
      throw new IndexOutOfBoundsException(position);
    }
    INT.set(array, position, value);
  }

  private void reserve(int n) {
    if (n > array.length - size) {
      int needed = Math.addExact(size, n);
      array = Arrays.copyOf(array, Math.max(needed, (int) Math.min(array.length * 2L, MAX_LENGTH)));
    }
  }
}
