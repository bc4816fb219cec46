package io.lookout.model.bus.wire;

import io.lookout.model.LookoutException;
import io.lookout.model.bytes.ByteReader;
import io.lookout.model.bytes.ByteWriter;
import io.lookout.model.bytes.MalformedBytesException;

/**
 * How one message is written between processes: a version byte, then its fields.
 *
 * @param name of the message on the bus, stable across releases
 */
public record WireForm<M>(Class<M> type, String name, Writer<M> writer, Reader<M> reader) {
  /** The one layout there is so far. */
  static final int VERSION = 1;

  /** Appends the fields of a message. */
  @FunctionalInterface
  interface Writer<M> {
    void write(M message, WireOutput out);
  }

  /** Reads what the writer wrote, and trusts none of it. */
  @FunctionalInterface
  interface Reader<M> {
    M read(WireInput in);
  }

  public void encode(M message, ByteWriter out) {
    out.putByte(VERSION);
    writer.write(message, new WireOutput(out));
  }

  /**
   * Reads exactly these bytes. Chunks of the message may refer to the array: nobody may write to it
   * afterwards.
   *
   * @throws LookoutException with {@link io.lookout.model.ErrorCode#BAD_DATA} for bytes that are no
   *     such message
   */
  public M decode(byte[] array, int offset, int length) {
    ByteReader bytes = new ByteReader(array, offset, length);
    int version = bytes.readByte();
    if (version != VERSION) {
      throw new MalformedBytesException(
          "message " + name + " of version " + version + ", known is " + VERSION);
    }
    M message = read(new WireInput(array, bytes));
    if (bytes.remaining() > 0) {
      throw new MalformedBytesException(bytes.remaining() + " bytes after message " + name);
    }
    return message;
  }

  private M read(WireInput in) {
    try {
      return reader.read(in);
    } catch (IllegalArgumentException e) {
      throw new MalformedBytesException("message " + name + ": " + e.getMessage());
    }
  }
}
