package io.lookout.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * What scraping costs a started Lookout, from the request to the write-ahead log and the head: CPU
 * time of its process, user and system, for each round of 15 s, and what was missed. The targets
 * are those of {@link ScrapeTargets}.
 *
 * <pre>
 *   java -cp benchmarks/target/benchmarks.jar io.lookout.benchmarks.ScrapeCost http://127.0.0.1:9090 PID ROUNDS
 * </pre>
 */
public final class ScrapeCost {
  private static final Duration ROUND = Duration.ofSeconds(15);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI metrics;
  private final ProcessHandle server;

  private record Reading(
      double cpu, double samples, double scrapes, double failed, double missed) {}

  private ScrapeCost(String url, ProcessHandle server) {
    this.metrics = URI.create(url + "/metrics");
    this.server = server;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    ProcessHandle server = ProcessHandle.of(Long.parseLong(args[1])).orElseThrow();
    new ScrapeCost(args[0], server).run(Integer.parseInt(args[2]));
  }

  private void run(int rounds) throws IOException, InterruptedException {
    Reading before = read();
    for (int round = 1; round <= rounds; round++) {
      LockSupport.parkNanos(ROUND.toNanos());
      Reading now = read();
      System.out.printf(
          Locale.ROOT,
          "round %d: %.2f s of CPU, %.0f samples (%.2f µs each), %.0f scrapes, %.0f failed, %.0f"
              + " missed%n",
          round,
          now.cpu - before.cpu,
          now.samples - before.samples,
          (now.cpu - before.cpu) * 1e6 / (now.samples - before.samples),
          now.scrapes - before.scrapes,
          now.failed - before.failed,
          now.missed - before.missed);
      before = now;
    }
  }

  private Reading read() throws IOException, InterruptedException {
    String text =
        http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body();
    return new Reading(
        server.info().totalCpuDuration().orElseThrow().toNanos() / 1e9,
        sum(text, "lookout_storage_samples_appended_total"),
        sum(text, "lookout_scrape_scrapes_total{outcome=\"up\"}"),
        sum(text, "lookout_scrape_scrapes_total{outcome=\"down\"}"),
        sum(text, "lookout_scrape_missed_total"));
  }

  private static double sum(String text, String series) {
    return text.lines()
        .filter(line -> line.startsWith(series))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
