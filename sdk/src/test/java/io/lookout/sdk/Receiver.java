package io.lookout.sdk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.xerial.snappy.Snappy;

/** A server on loopback that answers as it is told and keeps what it got. */
final class Receiver implements AutoCloseable {
  private final HttpServer server;
  private final int[] statuses;
  private final AtomicInteger answered = new AtomicInteger();
  private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
  private final List<String> tenants = new CopyOnWriteArrayList<>();

  private Receiver(HttpServer server, int... statuses) {
    this.server = server;
    this.statuses = statuses;
  }

  /**
   * @param statuses of the first answers; the last one goes on for ever
   */
  static Receiver answering(int... statuses) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Receiver receiver = new Receiver(server, statuses);
    server.createContext("/api/v1/write", receiver::answer);
    server.start();
    return receiver;
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = Snappy.uncompress(exchange.getRequestBody().readAllBytes());
    bodies.add(body);
    tenants.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Scope-OrgID")));
    int status = statuses[Math.min(answered.getAndIncrement(), statuses.length - 1)];
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Texts inside the requests, in the order in which they came; numbers show as rubbish. */
  List<String> texts() {
    return bodies.stream().map(body -> new String(body, StandardCharsets.UTF_8)).toList();
  }

  List<byte[]> bodies() {
    return bodies;
  }

  List<String> tenants() {
    return tenants;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
