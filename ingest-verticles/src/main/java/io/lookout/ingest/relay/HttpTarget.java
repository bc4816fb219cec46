package io.lookout.ingest.relay;

import io.lookout.model.SeriesKey;
import io.lookout.model.bus.WriteBatch;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.xerial.snappy.Snappy;

/** A server that takes remote write. */
final class HttpTarget implements Target {
  private static final int LONGEST_REASON = 300;

  private final WebClient client;
  private final RelaySettings settings;
  private final RequestForm form;

  HttpTarget(WebClient client, RelaySettings settings) {
    this.client = client;
    this.settings = settings;
    form = RequestForm.of(settings.version());
  }

  @Override
  public Delivery delivery(WriteBatch batch) throws IOException {
    byte[] compressed = Snappy.compress(form.message(List.of(batch)).toByteArray());
    return () -> send(batch.tenant(), compressed);
  }

  private Future<Answer> send(String tenant, byte[] compressed) {
    HttpRequest<Buffer> request =
        client
            .postAbs(settings.url())
            .timeout(settings.timeout().toMillis())
            .putHeader("Content-Type", form.contentType())
            .putHeader("Content-Encoding", "snappy")
            .putHeader("X-Prometheus-Remote-Write-Version", form.version())
            .putHeader("User-Agent", "Lookout");
    if (!tenant.equals(SeriesKey.ANONYMOUS)) {
      request.putHeader("X-Scope-OrgID", tenant);
    }
    authenticate(request);
    return request
        .sendBuffer(Buffer.buffer(compressed))
        .<Answer>map(this::answer)
        .otherwise(failure -> new Answer.Later("cannot be reached: " + failure.getMessage(), 0));
  }

  private void authenticate(HttpRequest<Buffer> request) {
    if (!settings.bearerToken().isEmpty()) {
      request.bearerTokenAuthentication(settings.bearerToken());
    } else if (!settings.user().isEmpty()) {
      request.basicAuthentication(settings.user(), settings.password());
    }
  }

  /**
   * 429 and 5xx are of the moment, as the specification of remote write says; the rest is final.
   */
  private Answer answer(HttpResponse<Buffer> response) {
    int status = response.statusCode();
    if (status / 100 == 2) {
      return new Answer.Taken();
    }
    String why = "answered " + status + ": " + shortened(response);
    return status == 429 || status >= 500
        ? new Answer.Later(why, retryAfter(response))
        : new Answer.Refused(why);
  }

  private static String shortened(HttpResponse<Buffer> response) {
    String text = response.bodyAsString();
    String line = text == null ? "" : text.strip();
    return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
  }

  /** In the form of seconds, which is what servers of remote write send. */
  private static long retryAfter(HttpResponse<Buffer> response) {
    String seconds = response.getHeader("Retry-After");
    return seconds != null && seconds.matches("\\d{1,5}")
        ? TimeUnit.SECONDS.toMillis(Long.parseLong(seconds))
        : 0;
  }
}
