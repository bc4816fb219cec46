package io.lookout.ingest.protobuf;

import io.lookout.model.bytes.ByteWriter;
import java.nio.charset.StandardCharsets;

/**
 * Writes protobuf fields in the order of the calls; zeros are left out, as proto3 does. A nested
 * message is a writer of its own. Not thread-safe.
 *
 * <p>Source: the encoding page of the protocol buffers documentation.
 */
public final class ProtoWriter {
  private final ByteWriter out;

  public ProtoWriter() {
    this(64);
  }

  public ProtoWriter(int capacity) {
    out = new ByteWriter(capacity);
  }

  /** Also for int32, uint32, uint64 and enums. */
  public ProtoWriter int64(int field, long value) {
    return value == 0 ? this : present(field, value);
  }

  public ProtoWriter sint64(int field, long value) {
    return int64(field, zigzag(value));
  }

  /** Written even if 0: a member of a {@code oneof} says by its presence which it is. */
  public ProtoWriter present(int field, long value) {
    tag(field, ProtoReader.VARINT);
    out.putVarLong(value);
    return this;
  }

  /** All bits as they are, those of a NaN too. */
  public ProtoWriter float64(int field, double value) {
    return Double.doubleToRawLongBits(value) == 0 ? this : present(field, value);
  }

  /** Written even if 0. */
  public ProtoWriter present(int field, double value) {
    tag(field, ProtoReader.FIXED64);
    out.putDouble(value);
    return this;
  }

  public ProtoWriter text(int field, String text) {
    return text.isEmpty() ? this : element(field, text);
  }

  /** One entry of a repeated field: written even if empty. */
  public ProtoWriter element(int field, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return delimited(field, utf8, utf8.length);
  }

  public ProtoWriter message(int field, ProtoWriter message) {
    return delimited(field, message.out.array(), message.out.size());
  }

  /** Packed; nothing where there is none. */
  public ProtoWriter packed(int field, int[] numbers) {
    ProtoWriter inner = new ProtoWriter(2 * numbers.length);
    for (int number : numbers) {
      inner.out.putVarLong(number);
    }
    return numbers.length == 0 ? this : message(field, inner);
  }

  /** Packed sint64; nothing where there is none. */
  public ProtoWriter packedSigned(int field, long[] numbers) {
    ProtoWriter inner = new ProtoWriter(2 * numbers.length);
    for (long number : numbers) {
      inner.out.putZigZag(number);
    }
    return numbers.length == 0 ? this : message(field, inner);
  }

  /** Packed; nothing where there is none. */
  public ProtoWriter packed(int field, double[] numbers) {
    ProtoWriter inner = new ProtoWriter(8 * numbers.length);
    for (double number : numbers) {
      inner.out.putDouble(number);
    }
    return numbers.length == 0 ? this : message(field, inner);
  }

  /** Appends the fields of another writer to this message. */
  public ProtoWriter fields(ProtoWriter other) {
    out.putBytes(other.out.array(), 0, other.out.size());
    return this;
  }

  public byte[] toByteArray() {
    return out.toByteArray();
  }

  private static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  private ProtoWriter delimited(int field, byte[] bytes, int length) {
    tag(field, ProtoReader.LENGTH_DELIMITED);
    out.putVarLong(length);
    out.putBytes(bytes, 0, length);
    return this;
  }

  private void tag(int field, int wireType) {
    out.putVarLong(ProtoReader.tag(field, wireType));
  }
}
