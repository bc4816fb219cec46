package io.lookout.model.chunk;

import java.util.Arrays;

/**
 * A part of a byte array that nobody writes to any more. Equal only to itself in spirit: decoders
 * may recognise a shared column by the identity of its slice.
 */
public final class Slice {
  private final byte[] array;
  private final int offset;
  private final int length;

  public Slice(byte[] array, int offset, int length) {
    if (offset < 0 || length < 0 || offset > array.length - length) {
      throw new IndexOutOfBoundsException(offset + "+" + length + " of " + array.length);
    }
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  public static Slice of(byte[] array) {
    return new Slice(array, 0, array.length);
  }

  public byte[] array() {
    return array;
  }

  public int offset() {
    return offset;
  }

  public int length() {
    return length;
  }

  public byte[] toByteArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }
}
