package io.lookout.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.lookout.app.prometheus.TimeSeriesMessage;
import io.lookout.model.Labels;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntToDoubleFunction;
import org.xerial.snappy.Snappy;

/** Writes samples by remote write, a hundred series at a time, and counts them by query. */
final class Samples {
  static final int SERIES = 100;

  private static final long LOOK_BACK_MS = 600_000;

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Samples() {}

  /** One sample of each series. Returns only when they are acknowledged. */
  static void write(String url, long time, double value) {
    HttpResponse<String> response = send(url, time, value).join();
    assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
  }

  /** The answer to one sample of each series; fails where none comes. */
  static CompletableFuture<HttpResponse<String>> send(String url, long time, double value) {
    return send(url, SERIES, time, number -> value);
  }

  /**
   * The answer to one sample of each of so many series; fails where none comes.
   *
   * @param values by the number of the series
   */
  static CompletableFuture<HttpResponse<String>> send(
      String url, int series, long time, IntToDoubleFunction values) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/api/v1/write"))
            .header("Content-Type", "application/x-protobuf")
            .header("Content-Encoding", "snappy")
            .header("X-Prometheus-Remote-Write-Version", "0.1.0")
            .POST(BodyPublishers.ofByteArray(body(series, time, values)))
            .build();
    return HTTP.sendAsync(request, BodyHandlers.ofString());
  }

  private static byte[] body(int series, long time, IntToDoubleFunction values) {
    try {
      ByteString.Output request = ByteString.newOutput();
      CodedOutputStream fields = CodedOutputStream.newInstance(request);
      for (int i = 0; i < series; i++) {
        fields.writeBytes(1, series(i, time, values.applyAsDouble(i)));
      }
      fields.flush();
      return Snappy.compress(request.toByteString().toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ByteString series(int number, long time, double value) {
    TimeSeriesMessage message =
        new TimeSeriesMessage(
            Labels.of("__name__", "e2e_metric", "number", Integer.toString(number)));
    message.sample(time, value);
    return message.end();
  }

  /** How many samples the last ten minutes before a time hold, over all series. */
  static long count(String url, long time) {
    String query = "sum(count_over_time(e2e_metric[10m]))";
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(url + "/api/v1/query?query=" + encoded + "&time=" + time / 1000.0))
            .build();
    HttpResponse<String> response = HTTP.sendAsync(request, BodyHandlers.ofString()).join();
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    var result = new JsonObject(response.body()).getJsonObject("data").getJsonArray("result");
    return result.isEmpty()
        ? 0
        : Long.parseLong(result.getJsonObject(0).getJsonArray("value").getString(1));
  }

  /** How many samples there are from one time to before another, over all series. */
  static long count(String url, long from, long to) {
    long count = 0;
    for (long begin = from; begin < to; begin += LOOK_BACK_MS) {
      count += count(url, begin + LOOK_BACK_MS - 1);
    }
    return count;
  }

  /** The samples of one series in the hour before a time, as they are stored. */
  static SortedMap<Long, Double> of(String url, int number, long time) {
    String query = "e2e_metric{number=\"" + number + "\"}[1h]";
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(url + "/api/v1/query?query=" + encoded + "&time=" + time / 1000.0))
            .build();
    HttpResponse<String> response = HTTP.sendAsync(request, BodyHandlers.ofString()).join();
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    var result = new JsonObject(response.body()).getJsonObject("data").getJsonArray("result");
    assertThat(result).hasSizeLessThan(2);
    SortedMap<Long, Double> samples = new TreeMap<>();
    for (int i = 0; i < result.size(); i++) {
      var values = result.getJsonObject(i).getJsonArray("values");
      for (int j = 0; j < values.size(); j++) {
        long at = Math.round(values.getJsonArray(j).getDouble(0) * 1000);
        double value = Double.parseDouble(values.getJsonArray(j).getString(1));
        assertThat(samples.put(at, value)).as("a second sample at " + at).isNull();
      }
    }
    return samples;
  }

  /** The body of an answer. */
  static String get(String url) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return HTTP.sendAsync(request, BodyHandlers.ofString()).join().body();
  }

  static int status(String url) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return HTTP.sendAsync(request, BodyHandlers.discarding()).join().statusCode();
  }
}
