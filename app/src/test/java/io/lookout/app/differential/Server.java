package io.lookout.app.differential;

import io.lookout.app.differential.DataSet.Series;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.xerial.snappy.Snappy;

/** One of the two servers, as a client sees it. */
final class Server {
  private static final int ROUNDS_A_REQUEST = 20;

  private final String url;
  private final HttpClient client = HttpClient.newHttpClient();

  /** At {@code http://host:port}. */
  Server(String url) {
    this.url = url;
  }

  /** Sends all samples, in the order of time. */
  void load(DataSet data) throws IOException, InterruptedException {
    for (int from = 0; from < DataSet.rounds(); from += ROUNDS_A_REQUEST) {
      RemoteWriteBody body = new RemoteWriteBody();
      for (Series series : data.series()) {
        body.series(series, data, from, Math.min(DataSet.rounds(), from + ROUNDS_A_REQUEST));
      }
      for (NativeSeries series : data.histograms()) {
        body.histograms(series, data, from, Math.min(DataSet.rounds(), from + ROUNDS_A_REQUEST));
      }
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + "/api/v1/write"))
              .header("Content-Type", "application/x-protobuf")
              .header("Content-Encoding", "snappy")
              .header("X-Prometheus-Remote-Write-Version", "0.1.0")
              .POST(BodyPublishers.ofByteArray(Snappy.compress(body.toByteArray())))
              .build();
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new IOException(url + " answered " + response.statusCode() + ": " + response.body());
      }
    }
  }

  Answer instant(String expression, long time) throws IOException, InterruptedException {
    return ask("/api/v1/query", "query=" + encode(expression) + "&time=" + time / 1000.0);
  }

  Answer range(String expression, long start, long end, long step)
      throws IOException, InterruptedException {
    return ask(
        "/api/v1/query_range",
        "query="
            + encode(expression)
            + "&start="
            + start / 1000.0
            + "&end="
            + end / 1000.0
            + "&step="
            + step / 1000.0);
  }

  /** Why an expression is refused, or empty. */
  String error(String expression) throws IOException, InterruptedException {
    return ask("/api/v1/query", "query=" + encode(expression) + "&time=0").error();
  }

  /**
   * The tree or the text that an expression is read as, or the message why it is none.
   *
   * @param endpoint {@code parse_query} or {@code format_query}
   */
  Object syntax(String endpoint, String expression) throws IOException, InterruptedException {
    JsonObject answer = new JsonObject(post("/api/v1/" + endpoint, "query=" + encode(expression)));
    return answer.getValue(answer.containsKey("error") ? "error" : "data");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Answer ask(String path, String form) throws IOException, InterruptedException {
    return Answer.of(post(path, form));
  }

  private String post(String path, String form) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    return client.send(request, BodyHandlers.ofString()).body();
  }
}
