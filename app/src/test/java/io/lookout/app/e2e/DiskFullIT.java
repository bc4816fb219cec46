package io.lookout.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lookout.app.process.LookoutProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk of its own, 24 MiB of memory, that is filled up and emptied again. Needs root. */
class DiskFullIT {
  @TempDir private Path directory = Path.of("");
  private Path disk = Path.of("");
  private boolean mounted;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    disk = Files.createDirectory(directory.resolve("disk"));
    int status = run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString());
    mounted = status == 0;
    assumeTrue(mounted, "a file system can be mounted");
    // Log and port file are on another disk.
    Path data = Files.createDirectory(disk.resolve("data"));
    Files.createSymbolicLink(directory.resolve("data"), data);
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (mounted) {
      assertThat(run("umount", disk.toString())).isZero();
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private LookoutProcess start(String... further) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(further));
    arguments.add("--set=scrape.self=false");
    arguments.add("--set=storage.shards=1"); // Of two, one may take its part of a request.
    arguments.add("--set=storage.wal.reserve.bytes=1MiB");
    return LookoutProcess.start(directory, arguments.toArray(new String[0]));
  }

  @Test
  void sendersAreToldToComeAgainUntilThereIsRoom() throws IOException {
    long time = System.currentTimeMillis() - 600_000;
    Map<Long, Double> acknowledged = new TreeMap<>();
    Path ballast = disk.resolve("ballast");
    try (LookoutProcess node = start()) {
      send(node, time, 204, acknowledged);
      fill(ballast);
      long next = writeUntilRefused(node, time + 1, acknowledged);
      for (int i = 0; i < 20; i++) {
        HttpResponse<String> refused = send(node, next + i, 503, acknowledged);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body()).contains("write-ahead log in " + directory, "No space left");
      }
      assertThat(Samples.of(node.url(), 7, time + 5000)).isEqualTo(acknowledged);
      Files.delete(ballast);
      send(node, time + 4000, 204, acknowledged);
      assertThat(Samples.of(node.url(), 7, time + 5000)).isEqualTo(acknowledged);
      fill(ballast);
      node.kill();
    }
    Files.delete(ballast);
    try (LookoutProcess again = start()) {
      assertThat(Samples.of(again.url(), 7, time + 5000)).isEqualTo(acknowledged);
      send(again, time + 4500, 204, acknowledged);
    }
  }

  /** Neither the log's mark that a window is sealed nor its blocks can be written. */
  @Test
  void whatCannotBeSealedIsKeptUntilThereIsRoom() throws IOException {
    long time = (System.currentTimeMillis() - 600_000) / 60_000 * 60_000;
    Map<Long, Double> acknowledged = new TreeMap<>();
    Path ballast = disk.resolve("ballast");
    String[] shortWindows = {
      "--set=storage.window=1m", "--set=storage.seal.delay=1s", "--set=storage.late.delay=5s"
    };
    try (LookoutProcess node = start(shortWindows)) {
      for (int i = 0; i < 300; i++) {
        send(node, time + i, 204, acknowledged);
      }
      double logged = metric(node, "lookout_storage_wal_size_bytes");
      fill(ballast);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> metric(node, "lookout_seal_failures_total") > 1);
      assertThat(metric(node, "lookout_storage_wal_size_bytes")).isGreaterThanOrEqualTo(logged);
      assertThat(Samples.of(node.url(), 7, time + 5000)).isEqualTo(acknowledged);
      Files.delete(ballast);
      send(node, time + 120_000, 204, acknowledged); // Of another window: begins a segment.
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> metric(node, "lookout_storage_wal_size_bytes") < 0.75 * logged);
      assertThat(Samples.of(node.url(), 7, time + 130_000)).isEqualTo(acknowledged);
      node.kill();
    }
    try (LookoutProcess again = start(shortWindows)) {
      assertThat(Samples.of(again.url(), 7, time + 130_000)).isEqualTo(acknowledged);
    }
  }

  /** One of the node's own metrics, summed up over its labels. */
  private static double metric(LookoutProcess node, String name) {
    return Samples.get(node.url() + "/metrics")
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** What is left of the last page of a file can still be written. */
  private static long writeUntilRefused(
      LookoutProcess node, long from, Map<Long, Double> acknowledged) {
    long time = from;
    while (Samples.send(node.url(), time, 1).join().statusCode() == 204) {
      acknowledged.put(time, 1.0);
      assertThat(++time).as("the disk is full").isLessThan(from + 3000);
    }
    return time;
  }

  private static HttpResponse<String> send(
      LookoutProcess node, long time, int status, Map<Long, Double> acknowledged) {
    HttpResponse<String> answer = Samples.send(node.url(), time, 1).join();
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    if (status == 204) {
      acknowledged.put(time, 1.0);
    }
    return answer;
  }

  /** Leaves no byte. */
  private static void fill(Path file) throws IOException {
    byte[] block = new byte[4096];
    try (var out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }
}
