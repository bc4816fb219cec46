package io.lookout.benchmarks;

import io.lookout.ingest.relay.RequestForm;
import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.WriteBatch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.xerial.snappy.Snappy;

/**
 * What a sample costs a started Lookout from its request to the write-ahead log, in CPU time of the
 * process, user and system: to compare {@code transport: kafka} with {@code direct}. 10,000 series
 * of nine labels by remote write 1.0, 2,500 samples a request, one request at a time; it is over
 * when the shards have all of them. Start Lookout anew, with {@code scrape.self=false}, for each.
 *
 * <pre>
 *   java -cp benchmarks/target/benchmarks.jar io.lookout.benchmarks.TransportCost http://127.0.0.1:9090 PID
 * </pre>
 */
public final class TransportCost {
  private static final int SERIES = 10_000;
  private static final int REQUEST = 2_500;
  private static final int WARM_UP = 200;
  private static final int ROUNDS = 400;

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final ProcessHandle server;
  private final SeriesKey[] series = new SeriesKey[SERIES];
  private final long start = System.currentTimeMillis() - (WARM_UP + ROUNDS) * 1000L;

  private TransportCost(String url, ProcessHandle server) {
    this.url = url;
    this.server = server;
    for (int i = 0; i < SERIES; i++) {
      series[i] = key(i);
    }
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    ProcessHandle server = ProcessHandle.of(Long.parseLong(args[1])).orElseThrow();
    new TransportCost(args[0], server).run();
  }

  private void run() throws IOException, InterruptedException {
    send(0, WARM_UP);
    Duration before = cpu();
    send(WARM_UP, WARM_UP + ROUNDS);
    double micros = cpu().minus(before).toNanos() / 1000.0;
    System.out.printf(
        Locale.ROOT, "%.2f µs of CPU a sample%n", micros / ((double) ROUNDS * SERIES));
  }

  private Duration cpu() {
    return server.info().totalCpuDuration().orElseThrow();
  }

  private void send(int from, int to) throws IOException, InterruptedException {
    for (int round = from; round < to; round++) {
      for (int first = 0; first < SERIES; first += REQUEST) {
        send(body(first, start + round * 1000L));
      }
    }
    while (stored() < (double) to * SERIES) {
      LockSupport.parkNanos(50_000_000);
    }
  }

  private void send(byte[] body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/api/v1/write"))
            .header("Content-Type", "application/x-protobuf")
            .header("Content-Encoding", "snappy")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    int status = http.send(request, BodyHandlers.discarding()).statusCode();
    if (status != 204) {
      throw new IllegalStateException("answered " + status);
    }
  }

  /** Samples that the shards have, as the server's own metrics say. */
  private double stored() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/metrics")).build();
    return http.send(request, BodyHandlers.ofLines())
        .body()
        .filter(line -> line.startsWith("lookout_storage_samples_appended_total"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private byte[] body(int first, long time) throws IOException {
    WriteBatch.Builder batch = new WriteBatch.Builder(SeriesKey.ANONYMOUS, REQUEST);
    for (int i = first; i < first + REQUEST; i++) {
      batch.sample(batch.series(series[i]), time, (double) (i % 97 + time % 1009));
    }
    return Snappy.compress(RequestForm.of("1.0").message(List.of(batch.build())).toByteArray());
  }

  private static SeriesKey key(int i) {
    return SeriesKey.of(
        SeriesKey.ANONYMOUS,
        Labels.of(
            "__name__",
            "node_network_receive_bytes_total_" + i % 200,
            "cluster",
            "production-eu-1",
            "device",
            "eth" + i % 8,
            "env",
            "production",
            "family",
            "network",
            "instance",
            "node-%04d.example.net:9100".formatted(i / 1000),
            "job",
            "node",
            "series",
            Integer.toString(i),
            "zone",
            "eu-central-1" + (char) ('a' + i % 3)));
  }
}
