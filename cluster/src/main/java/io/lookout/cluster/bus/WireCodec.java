package io.lookout.cluster.bus;

import io.lookout.model.bus.wire.WireForm;
import io.lookout.model.bytes.ByteWriter;
import io.lookout.model.bytes.MalformedBytesException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Hands a message over as it is within the process, and encodes it for another one: four bytes of
 * length, then its wire form. (The bus would copy a {@code Buffer} or {@code byte[]} even locally.)
 */
record WireCodec<M>(WireForm<M> form) implements MessageCodec<M, M> {
  @Override
  public void encodeToWire(Buffer buffer, M message) {
    ByteWriter out = new ByteWriter();
    form.encode(message, out);
    buffer.appendInt(out.size()).appendBytes(out.array(), 0, out.size());
  }

  @Override
  public M decodeFromWire(int position, Buffer buffer) {
    int length = buffer.getInt(position);
    if (length < 0 || length > buffer.length() - position - 4) {
      throw new MalformedBytesException("message " + name() + " of " + length + " bytes");
    }
    byte[] bytes = buffer.getBytes(position + 4, position + 4 + length);
    return form.decode(bytes, 0, bytes.length);
  }

  @Override
  public M transform(M message) {
    return message;
  }

  @Override
  public String name() {
    return form.name();
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
