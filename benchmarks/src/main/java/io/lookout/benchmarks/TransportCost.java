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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.xerial.snappy.Snappy;

/**
 * What a sample costs started Lookouts from its request to the write-ahead log, in CPU time of each
 * process, user and system, but for the compiler's: to compare {@code transport: kafka} with {@code
 * direct}. 10,000 series of nine labels by remote write 1.0, 2,500 samples a request, one request
 * at a time; it is over when the shards have all of them. The Lookouts take turns, so that what
 * else the machine does meets all of them. Start them anew, with {@code scrape.self=false}.
 *
 * <pre>
 *   java -cp benchmarks/target/benchmarks.jar io.lookout.benchmarks.TransportCost \
 *       http://127.0.0.1:9090 PID http://127.0.0.1:9091 PID
 * </pre>
 */
public final class TransportCost {
  private static final int SERIES = 10_000;
  private static final int REQUEST = 2_500;
  private static final int WARM_UP = Integer.getInteger("warm.up", 200);
  private static final int ROUNDS = Integer.getInteger("rounds", 80);
  private static final int TURNS = 5;

  /** Fields of /proc/PID/task/TID/stat behind the thread's name; see proc(5). */
  private static final int USER_TICKS = 11;

  private static final int SYSTEM_TICKS = 12;
  private static final double MICROS_A_TICK = 10_000;

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final String pid;
  private final SeriesKey[] series = new SeriesKey[SERIES];
  private final double[] micros = new double[TURNS];
  private final long start = System.currentTimeMillis() - (WARM_UP + TURNS * ROUNDS) * 1000L;
  private int sent;

  private TransportCost(String url, String pid) {
    this.url = url;
    this.pid = pid;
    for (int i = 0; i < SERIES; i++) {
      series[i] = key(i);
    }
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    List<TransportCost> all = new ArrayList<>();
    for (int i = 0; i < args.length; i += 2) {
      all.add(new TransportCost(args[i], args[i + 1]));
    }
    for (TransportCost each : all) {
      each.send(WARM_UP);
    }
    for (int turn = 0; turn < TURNS; turn++) {
      for (TransportCost each : all) {
        each.measure(turn);
      }
    }
    all.forEach(TransportCost::print);
  }

  private void measure(int turn) throws IOException, InterruptedException {
    double before = cpuMicros();
    send(ROUNDS);
    micros[turn] = (cpuMicros() - before) / ((double) ROUNDS * SERIES);
  }

  private void print() {
    double[] sorted = micros.clone();
    Arrays.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "%s: %.2f µs of CPU a sample (%.2f to %.2f)%n",
        url,
        sorted[TURNS / 2],
        sorted[0],
        sorted[TURNS - 1]);
  }

  /** Of all threads but those that compile: they are done after some minutes. */
  private double cpuMicros() throws IOException {
    double ticks = 0;
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
      for (Path thread : threads.toList()) {
        String stat = Files.readString(thread.resolve("stat"));
        int nameEnd = stat.lastIndexOf(')');
        String name = stat.substring(stat.indexOf('(') + 1, nameEnd);
        if (!name.startsWith("C1 Comp") && !name.startsWith("C2 Comp")) {
          String[] fields = stat.substring(nameEnd + 2).split(" ", -1);
          ticks += Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
        }
      }
    }
    return ticks * MICROS_A_TICK;
  }

  private void send(int rounds) throws IOException, InterruptedException {
    int end = sent + rounds;
    for (; sent < end; sent++) {
      for (int first = 0; first < SERIES; first += REQUEST) {
        send(body(first, start + sent * 1000L));
      }
    }
    while (stored() < (double) sent * SERIES) {
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
