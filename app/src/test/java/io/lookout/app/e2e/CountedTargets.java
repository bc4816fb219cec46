package io.lookout.app.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Targets on one port, told apart by their paths: each exposes one series, and counts. */
final class CountedTargets implements AutoCloseable {
  private static final byte[] EXPOSED = "things 7\n".getBytes(StandardCharsets.UTF_8);

  private final Map<String, Integer> scrapes = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final HttpServer server;

  CountedTargets() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    scrapes.merge(exchange.getRequestURI().getPath(), 1, Integer::sum);
    exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
    exchange.sendResponseHeaders(200, EXPOSED.length);
    exchange.getResponseBody().write(EXPOSED);
    exchange.close();
  }

  /** An entry of scrape_configs whose targets are {@code /job/0} and so on. */
  String job(String name, int targets) {
    StringBuilder yaml = new StringBuilder("  - job_name: " + name + "\n    static_configs:\n");
    String address = server.getAddress().getHostString() + ":" + server.getAddress().getPort();
    for (int i = 0; i < targets; i++) {
      yaml.append("      - {targets: [\"").append(address).append("\"], labels: {number: \"");
      yaml.append(i).append("\", __metrics_path__: /").append(name).append('/').append(i);
      yaml.append("}}\n");
    }
    return yaml.toString();
  }

  int scrapes(String job, int target) {
    return scrapes.getOrDefault("/" + job + "/" + target, 0);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
