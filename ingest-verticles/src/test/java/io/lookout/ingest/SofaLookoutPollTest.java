package io.lookout.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client of SOFALookout is polled; it says always the same, and notes what it is asked. */
class SofaLookoutPollTest {
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private HttpServer client;
  private volatile String body =
      ("{\"data\":[{\"cursor\":%1$d,\"data\":[{\"name\":\"room\",\"tags\":{\"app\":\"shop\"},"
              + "\"metrics\":{\"value\":7},\"timestamp\":%1$d}]}],\"slotCount\":4,\"step\":100}")
          .formatted(TestNode.NOW.toEpochMilli());

  @BeforeEach
  void start() throws IOException {
    client = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    client.createContext("/get", this::answer);
    client.start();
  }

  @AfterEach
  void stop() {
    client.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    boolean known = "secret".equals(exchange.getRequestHeaders().getFirst("X-Lookout-Token"));
    asked.add(exchange.getRequestURI().getQuery());
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(known ? 200 : 403, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private TestNode polling(String token) {
    return TestNode.start(
        """
        scrape.self: false
        sofalookout.poll:
          targets: ["127.0.0.1:%d"]
          step: 100ms
          slots: 4
          tenant: team-s
          token: %s
        """
            .formatted(client.getAddress().getPort(), token));
  }

  @Test
  void aStepIsAcknowledgedWhenItIsStored() {
    String acknowledged = "step=100&slotCount=4&success=" + TestNode.NOW.toEpochMilli();
    try (TestNode node = polling("secret")) {
      await().atMost(Duration.ofMinutes(1)).until(() -> asked.contains(acknowledged));
      assertThat(asked.peek()).isEqualTo("step=100&slotCount=4");
      assertThat(node.shards.samples)
          .first()
          .satisfies(sample -> {
            assertThat(sample.tenant()).isEqualTo("team-s");
            assertThat(sample.labels().toString())
                .isEqualTo("{\"room.value\", app=\"shop\", ip=\"127.0.0.1\"}");
            assertThat(sample.time()).isEqualTo(TestNode.NOW.toEpochMilli());
            assertThat(sample.value()).isEqualTo(7);
          });
    }
  }

  @Test
  void aStepThatCouldNotBeStoredIsNotAcknowledged() {
    try (TestNode node = polling("secret")) {
      node.shards.answer =
          batch -> Future.failedFuture(new LookoutException(ErrorCode.UNAVAILABLE, "not now"));
      await().atMost(Duration.ofMinutes(1)).until(() -> polls(node, "failure") > 2);
      asked.clear();
      await().atMost(Duration.ofMinutes(1)).until(() -> asked.size() > 2);
      assertThat(asked).allMatch(query -> query.equals("step=100&slotCount=4"));
      node.shards.answer = TestShards::accept;
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> asked.stream().anyMatch(query -> query.contains("success")));
    }
  }

  @Test
  void nonsenseAndRefusalsAreCounted() {
    try (TestNode node = polling("wrong")) {
      await().atMost(Duration.ofMinutes(1)).until(() -> polls(node, "failure") > 0);
    }
    body = "{\"data\":3}";
    try (TestNode node = polling("secret")) {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () -> node.count("lookout.ingest.rejected.samples", "protocol", "sofalookout") > 0);
      assertThat(node.shards.samples).isEmpty();
    }
  }

  private static double polls(TestNode node, String outcome) {
    return node.count("lookout.sofalookout.polls", "outcome", outcome);
  }
}
