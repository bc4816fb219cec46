package io.lookout.ingest.scrape.discovery;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A name server on loopback, as much of RFC 1035 as one question takes. */
final class NameServer {
  static final int A = 1;
  static final int NS = 2;
  static final int MX = 15;
  static final int AAAA = 28;
  static final int SRV = 33;

  private static final int REFUSED = 2;
  private static final int UNKNOWN = 3;

  private final DatagramSocket socket;
  private final Map<String, List<Buffer>> records = new ConcurrentHashMap<>();
  private final AtomicInteger questions = new AtomicInteger();
  private volatile boolean failing;

  NameServer(Vertx vertx) throws Exception {
    socket = vertx.createDatagramSocket();
    socket
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
    socket.handler(this::answer);
  }

  int port() {
    return socket.localAddress().port();
  }

  int questions() {
    return questions.get();
  }

  /** Answers nothing but errors from now on, or no longer. */
  void failing(boolean now) {
    failing = now;
  }

  void set(String name, int type, Buffer... data) {
    records.put(name + "/" + type, List.of(data));
  }

  void remove(String name, int type) {
    records.remove(name + "/" + type);
  }

  static Buffer address(int... bytes) {
    Buffer data = Buffer.buffer();
    for (int each : bytes) {
      data.appendByte((byte) each);
    }
    return data;
  }

  /** Numbers of 16 bits and a name. */
  static Buffer pointer(String name, int... numbers) {
    Buffer data = Buffer.buffer();
    for (int each : numbers) {
      data.appendUnsignedShort(each);
    }
    for (String part : name.split("\\.", -1)) {
      data.appendByte((byte) part.length()).appendString(part);
    }
    return data.appendByte((byte) 0);
  }

  private void answer(DatagramPacket packet) {
    Buffer question = packet.data();
    StringBuilder name = new StringBuilder();
    int at = 12;
    while (question.getByte(at) != 0) {
      int length = question.getUnsignedByte(at);
      name.append(name.isEmpty() ? "" : ".");
      name.append(question.getString(at + 1, at + 1 + length, StandardCharsets.US_ASCII.name()));
      at += length + 1;
    }
    int type = question.getUnsignedShort(at + 1);
    List<Buffer> found = records.get(name + "/" + type);
    int code = failing ? REFUSED : found == null ? UNKNOWN : 0;
    List<Buffer> data = code == 0 && found != null ? found : List.of();
    Buffer reply = Buffer.buffer().appendUnsignedShort(question.getUnsignedShort(0));
    reply.appendUnsignedShort(0x8180 | code).appendUnsignedShort(1);
    reply.appendUnsignedShort(data.size()).appendInt(0).appendBuffer(question.slice(12, at + 5));
    for (Buffer each : data) {
      reply.appendUnsignedShort(0xC00C).appendUnsignedShort(type).appendUnsignedShort(1);
      reply.appendInt(1).appendUnsignedShort(each.length()).appendBuffer(each);
    }
    questions.incrementAndGet();
    socket.send(reply, packet.sender().port(), packet.sender().host());
  }
}
