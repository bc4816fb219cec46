package io.lookout.app.transfer;

import io.lookout.app.test.WriteRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Writes to an instance by remote write, again and again while it has too much to do. */
final class RemoteWriter implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int ATTEMPTS = 10;
  private static final long FIRST_WAIT_MS = 200;
  private static final long LONGEST_WAIT_MS = 10_000;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI url;
  private final String tenant;

  /**
   * @param tenant empty for the one without a name
   */
  RemoteWriter(URI url, String tenant) {
    String text = url.toString();
    this.url = URI.create((text.endsWith("/") ? text : text + "/") + "api/v1/write");
    this.tenant = tenant;
  }

  /** Returns when the samples are acknowledged. */
  void write(WriteRequest samples) throws ImportException {
    byte[] body = samples.toByteArray();
    String problem = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (attempt > 0) {
        pause(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS << attempt));
      }
      try {
        HttpResponse<String> response = client.send(request(body), BodyHandlers.ofString());
        if (response.statusCode() / 100 == 2) {
          return;
        }
        problem = response.statusCode() + " " + response.body().strip();
        if (response.statusCode() / 100 == 4 && response.statusCode() != 429) {
          break;
        }
      } catch (IOException e) {
        problem = e.toString();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ImportException("interrupted");
      }
    }
    throw new ImportException(url + " does not take the samples: " + problem);
  }

  private static void pause(long millis) {
    CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
        .join();
  }

  private HttpRequest request(byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(PATIENCE)
            .header("Content-Type", WriteRequest.CONTENT_TYPE)
            .header("Content-Encoding", "snappy")
            .header("X-Prometheus-Remote-Write-Version", "2.0.0")
            .POST(BodyPublishers.ofByteArray(body));
    if (!tenant.isEmpty()) {
      request.header("X-Scope-OrgID", tenant);
    }
    return request.build();
  }

  @Override
  public void close() {
    client.close();
  }
}
