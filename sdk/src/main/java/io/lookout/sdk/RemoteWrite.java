package io.lookout.sdk;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;

/** The HTTP side of remote write 2.0. */
final class RemoteWrite {
  private static final String CONTENT_TYPE =
      "application/x-protobuf;proto=io.prometheus.write.v2.Request";
  private static final int LONGEST_REASON = 300;

  private final LookoutConfig config;
  private final URI target;
  private final HttpClient http;

  RemoteWrite(LookoutConfig config) {
    this.config = config;
    target = URI.create(config.url().replaceAll("/+$", "") + "/api/v1/write");
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(config.timeout())
            .build();
  }

  Answer send(byte[] body) throws InterruptedException {
    try {
      return answer(http.send(request(body), BodyHandlers.ofString()));
    } catch (IOException e) {
      return new Answer.Later(target + " cannot be reached: " + e, 0);
    }
  }

  private HttpRequest request(byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .timeout(config.timeout())
            .header("Content-Type", CONTENT_TYPE)
            .header("Content-Encoding", "snappy")
            .header("X-Prometheus-Remote-Write-Version", "2.0.0")
            .header("User-Agent", "lookout-sdk");
    header(request, "X-Scope-OrgID", config.tenant());
    header(request, "Authorization", config.authorization());
    return request.POST(BodyPublishers.ofByteArray(body)).build();
  }

  private static void header(HttpRequest.Builder request, String name, String value) {
    if (!value.isEmpty()) {
      request.header(name, value);
    }
  }

  private Answer answer(HttpResponse<String> response) {
    int status = response.statusCode();
    if (status / 100 == 2) {
      return new Answer.Taken();
    }
    String why = target + " answered " + status + ": " + shortened(response.body());
    return status == 429 || status >= 500
        ? new Answer.Later(why, retryAfter(response))
        : new Answer.Refused(why);
  }

  private static String shortened(String text) {
    String line = text.strip();
    return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
  }

  /** In the form of seconds, the one that is sent in practice. */
  private static long retryAfter(HttpResponse<?> response) {
    Optional<String> header = response.headers().firstValue("Retry-After");
    return header.filter(text -> text.matches("\\d{1,6}")).map(Long::valueOf).orElse(0L) * 1000;
  }
}
