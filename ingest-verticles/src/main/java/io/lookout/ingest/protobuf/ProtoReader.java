package io.lookout.ingest.protobuf;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A cursor over protobuf fields in a byte array. Nothing is copied and nothing allocated: a nested
 * message is read by narrowing the limit and widening it again.
 *
 * <pre>{@code
 * int outer = in.enter();          // reads the length, narrows the limit
 * while (in.hasMore()) {
 *   int tag = in.tag();
 *   ...
 * }
 * in.leave(outer);
 * }</pre>
 *
 * <p>Whatever the bytes are, methods either return or throw {@link LookoutException} with {@link
 * ErrorCode#BAD_DATA}; nothing is read beyond the limit. Not thread-safe.
 *
 * <p>Source: the encoding page of the protocol buffers documentation.
 */
public final class ProtoReader {
  /** Wire type of int32, int64, uint32, uint64, sint64, bool, enum. */
  public static final int VARINT = 0;

  /** Wire type of fixed64, sfixed64, double. */
  public static final int FIXED64 = 1;

  /** Wire type of strings, bytes, messages and packed fields. */
  public static final int LENGTH_DELIMITED = 2;

  /** Wire type of fixed32, sfixed32, float. */
  public static final int FIXED32 = 5;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[0];
  private int position;
  private int limit;

  /** The tag of a field as {@link #tag} returns it. */
  public static int tag(int field, int wireType) {
    return field << 3 | wireType;
  }

  /** Begins at {@code from} and ends before {@code to}. */
  public void reset(byte[] newBytes, int from, int to) {
    if (from < 0 || from > to || to > newBytes.length) {
      throw new IndexOutOfBoundsException(from + " to " + to + " of " + newBytes.length);
    }
    bytes = newBytes;
    position = from;
    limit = to;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int position() {
    return position;
  }

  public int limit() {
    return limit;
  }

  /** Goes back, or forward, to a position met before within the current limit. */
  public void position(int newPosition) {
    if (newPosition < 0 || newPosition > limit) {
      throw new IndexOutOfBoundsException(newPosition + " of " + limit);
    }
    position = newPosition;
  }

  public boolean hasMore() {
    return position < limit;
  }

  /** The next field's number and wire type. */
  public int tag() {
    int p = position;
    if (p < limit) {
      byte first = bytes[p];
      if (first >= 8) {
        position = p + 1;
        return first;
      }
    }
    long tag = varint();
    if (tag >>> 3 == 0 || tag >>> 32 != 0) {
      throw malformed("field number out of range");
    }
    return (int) tag;
  }

  /** An unsigned or signed 64-bit varint. */
  public long varint() {
    int p = position;
    if (p < limit) {
      byte first = bytes[p];
      if (first >= 0) {
        position = p + 1;
        return first;
      }
    }
    return longVarint();
  }

  private long longVarint() {
    byte[] b = bytes;
    int p = position;
    int end = Math.min(limit, p + 10);
    long result = 0;
    for (int shift = 0; p < end; shift += 7) {
      byte each = b[p++];
      result |= (each & 0x7fL) << shift;
      if (each >= 0) {
        position = p;
        return result;
      }
    }
    throw malformed(end == limit ? "message ends within a number" : "number of more than 10 bytes");
  }

  /** A zigzag varint: sint32, sint64. */
  public long zigzag() {
    long n = varint();
    return (n >>> 1) ^ -(n & 1);
  }

  public double float64() {
    return Double.longBitsToDouble(fixed64());
  }

  public long fixed64() {
    int p = position;
    if (limit - p < 8) {
      throw malformed("message ends within a number");
    }
    position = p + 8;
    return (long) LONG.get(bytes, p);
  }

  /** Reads a length and returns it; the bytes themselves follow and are all there. */
  public int length() {
    long length = varint();
    if (length < 0 || length > limit - position) {
      throw malformed("field is longer than its message");
    }
    return (int) length;
  }

  /** Narrows the limit to the message that begins here, and returns the limit to go back to. */
  public int enter() {
    int length = length();
    int outer = limit;
    limit = position + length;
    return outer;
  }

  /** Leaves a message, read to its end or not. */
  public void leave(int outer) {
    position = limit;
    limit = outer;
  }

  /** Skips a length-delimited field. */
  public void skipBytes() {
    int length = length();
    position += length;
  }

  /** Skips the value of a field that the reader does not know. */
  public void skip(int tag) {
    switch (tag & 7) {
      case VARINT -> varint();
      case FIXED64 -> advance(8);
      case LENGTH_DELIMITED -> skipBytes();
      case FIXED32 -> advance(4);
      default -> throw malformed("wire type " + (tag & 7) + " is not in use");
    }
  }

  private void advance(int n) {
    if (limit - position < n) {
      throw malformed("message ends within a number");
    }
    position += n;
  }

  private LookoutException malformed(String what) {
    return new LookoutException(
        ErrorCode.BAD_DATA, "malformed protobuf at byte " + position + ": " + what);
  }
}
