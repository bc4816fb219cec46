package io.lookout.sdk;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes protocol buffers: fields in the order of the calls, zeros left out as proto3 does.
 *
 * <p>See <a href="https://protobuf.dev/programming-guides/encoding/">the encoding</a>.
 */
final class ProtoWriter {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;

  private byte[] bytes = new byte[256];
  private int size;

  ProtoWriter int64(int field, long value) {
    return value == 0 ? this : tag(field, VARINT).varint(value);
  }

  ProtoWriter sint64(int field, long value) {
    return int64(field, zigzag(value));
  }

  /** Written even if 0: a member of a {@code oneof} says by its presence which it is. */
  ProtoWriter chosen(int field, long value) {
    return tag(field, VARINT).varint(value);
  }

  /** All bits of the value, those of a NaN too. */
  ProtoWriter float64(int field, double value) {
    long bits = Double.doubleToRawLongBits(value);
    return bits == 0 ? this : tag(field, FIXED64).fixed64(bits);
  }

  ProtoWriter text(int field, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return tag(field, LENGTH).varint(utf8.length).raw(utf8, utf8.length);
  }

  ProtoWriter message(int field, ProtoWriter message) {
    return tag(field, LENGTH).varint(message.size).raw(message.bytes, message.size);
  }

  /** Packed; nothing if empty. */
  ProtoWriter packed(int field, int[] values) {
    ProtoWriter inner = new ProtoWriter();
    for (int value : values) {
      inner.varint(value);
    }
    return inner.size == 0 ? this : message(field, inner);
  }

  /** Packed, zigzag; nothing if empty. */
  ProtoWriter packedSigned(int field, long[] values) {
    ProtoWriter inner = new ProtoWriter();
    for (long value : values) {
      inner.varint(zigzag(value));
    }
    return inner.size == 0 ? this : message(field, inner);
  }

  ProtoWriter append(ProtoWriter other) {
    return raw(other.bytes, other.size);
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  private ProtoWriter tag(int field, int type) {
    return varint((long) field << 3 | type);
  }

  private ProtoWriter varint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  private ProtoWriter fixed64(long bits) {
    reserve(8);
    for (int shift = 0; shift < 64; shift += 8) {
      bytes[size++] = (byte) (bits >>> shift);
    }
    return this;
  }

  private ProtoWriter raw(byte[] source, int length) {
    reserve(length);
    System.arraycopy(source, 0, bytes, size, length);
    size += length;
    return this;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
