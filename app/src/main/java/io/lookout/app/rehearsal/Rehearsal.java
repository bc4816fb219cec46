package io.lookout.app.rehearsal;

import io.lookout.cluster.settings.HostPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/**
 * Puts a node through a day of work in seconds: what exporters send, then what dashboards ask. A
 * JVM that keeps what it learned on the way knows from its next start on what to compile.
 */
public final class Rehearsal implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long INTERVAL_MS = 15_000;

  private final HttpClient client = HttpClient.newHttpClient();
  private final String url;
  private final long end;

  /**
   * @param now wall time at which the samples end, ms
   */
  public Rehearsal(HostPort node, long now) {
    this.url = "http://" + node;
    this.end = now;
  }

  /** Writes the samples of the time before now. */
  public void write(Duration past) throws IOException, InterruptedException {
    SeriesRounds rounds = new SeriesRounds();
    for (long time = end - past.toMillis(); time <= end; time += INTERVAL_MS) {
      expectGood(
          HttpRequest.newBuilder(URI.create(url + "/api/v1/write"))
              .header("Content-Type", "application/x-protobuf")
              .header("Content-Encoding", "snappy")
              .header("X-Prometheus-Remote-Write-Version", "0.1.0")
              .POST(BodyPublishers.ofByteArray(rounds.next(time))));
    }
  }

  /** Asks all questions so many times: a number, since what a JVM learns does not hang on speed. */
  public void ask(int rounds) throws IOException, InterruptedException {
    List<String> round = Questions.round(end);
    for (int i = 0; i < rounds; i++) {
      for (String path : round) {
        expectGood(HttpRequest.newBuilder(URI.create(url + path)));
      }
    }
  }

  private void expectGood(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpRequest built = request.timeout(PATIENCE).build();
    HttpResponse<byte[]> response = client.send(built, BodyHandlers.ofByteArray());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(built.uri() + " was answered " + response.statusCode());
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
