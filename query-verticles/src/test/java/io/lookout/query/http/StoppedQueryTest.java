package io.lookout.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.model.Labels;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Evaluations that would go on for long, and end when nobody waits for them any more. */
class StoppedQueryTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  /** A million times the median of 300,000 samples, of a single series. */
  private static final String ENDLESS =
      "sum_over_time(quantile_over_time(0.5, vector(time())[300s:1ms])[1000s:1ms])";

  private final ApiFixture api =
      new ApiFixture(
          "query.samples.max=1000000000000", "query.concurrency=1", "query.memory.max=1GiB");

  @BeforeEach
  void fill() {
    api.storage.add(Labels.of("__name__", "up"), 15_000, 1, 1, 1, 1, 1);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private static String path(String timeout) {
    String query = URLEncoder.encode(ENDLESS, StandardCharsets.UTF_8);
    return "/api/v1/query?query=" + query + "&time=60&timeout=" + timeout;
  }

  private double running() {
    return api.meters.get("lookout.query.running").gauge().value();
  }

  @Test
  void aTimeoutEndsTheEvaluation() {
    HttpResponse<byte[]> response = api.get(path("200ms"));
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(new String(response.body(), StandardCharsets.UTF_8))
        .contains("\"errorType\":\"timeout\"", "query timed out in");
    assertThatTheNextIsAnswered();
  }

  @Test
  void aClientThatGoesAwayEndsTheEvaluation() throws IOException {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
      String request = "GET " + path("1h") + " HTTP/1.1\r\nHost: a\r\n\r\n";
      client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      await().atMost(LONG).until(() -> running() == 1);
    }
    assertThatTheNextIsAnswered();
  }

  /** There is one worker: it is free again. */
  private void assertThatTheNextIsAnswered() {
    await().atMost(LONG).until(() -> running() == 0);
    assertThat(api.get("/api/v1/query?query=sum_over_time(up%5B1m:15s%5D)").statusCode())
        .isEqualTo(200);
  }
}
