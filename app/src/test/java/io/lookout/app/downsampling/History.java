package io.lookout.app.downsampling;

import io.lookout.app.test.WriteRequest;
import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.histogram.HistogramBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.SplittableRandom;

/** Samples of some days: counters that are reset, gauges, gaps, staleness markers, histograms. */
final class History {
  static final long DAY = 86_400_000;
  private static final long STEP = 15_000;

  /** Of a series. */
  static final long SAMPLES_A_DAY = DAY / STEP;

  private final long start;
  private final long end;

  /** From the start of a day to the start of another. */
  History(long start, long end) {
    this.start = start;
    this.end = end;
  }

  /** Writes the same samples, whatever the instance. */
  void writeTo(String url) throws IOException, InterruptedException {
    for (int i = 0; i < 3; i++) {
      String instance = "host-" + i;
      send(url, "requests_total", instance, counter(i));
      send(url, "temperature", instance, gauge(i));
    }
    send(url, "sizes", "host-0", histograms());
  }

  private SampleColumns counter(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SampleColumns samples = new SampleColumns();
    double value = 0;
    for (long time = start + random.nextLong(STEP); time < end; time += STEP) {
      if (random.nextInt(400) == 0) {
        value = 0;
      }
      value += random.nextInt(50);
      if (random.nextInt(600) == 0) {
        samples.add(time, SampleColumns.STALE_NAN);
        time += random.nextLong(40) * 60_000;
      } else {
        samples.add(time, value);
      }
    }
    return samples;
  }

  private SampleColumns gauge(int seed) {
    SplittableRandom random = new SplittableRandom(100 + seed);
    SampleColumns samples = new SampleColumns();
    // On the edges of buckets too.
    for (long time = start; time < end; time += 2 * STEP) {
      samples.add(time, Math.round(random.nextDouble(-50, 50) * 100) / 100.0);
    }
    return samples;
  }

  private SampleColumns histograms() {
    SampleColumns samples = new SampleColumns();
    int count = 0;
    for (long time = start; time < end; time += 40 * STEP) {
      count += 3;
      samples.add(
          time,
          new HistogramBuilder().schema(0).count(count).sum(count).positive(0, count).build());
    }
    return samples;
  }

  private static void send(String url, String metric, String instance, SampleColumns samples)
      throws IOException, InterruptedException {
    WriteRequest request = new WriteRequest();
    request.add(Labels.of("__name__", metric, "instance", instance), samples);
    HttpRequest post =
        HttpRequest.newBuilder(URI.create(url + "/api/v1/write"))
            .header("Content-Type", WriteRequest.CONTENT_TYPE)
            .header("Content-Encoding", "snappy")
            .header("X-Prometheus-Remote-Write-Version", "2.0.0")
            .POST(BodyPublishers.ofByteArray(request.toByteArray()))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(post, BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IOException(answer.statusCode() + " " + answer.body());
      }
    }
  }
}
