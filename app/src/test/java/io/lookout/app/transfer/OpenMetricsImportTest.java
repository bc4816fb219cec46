package io.lookout.app.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenMetricsImportTest {
  @TempDir Path directory;
  private final StringWriter told = new StringWriter();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger refuse = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/write",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          int status = refuse.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? 400 : 204;
          requests.incrementAndGet();
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private long run(Path file) throws IOException, ImportException {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    try (RemoteWriter writer = new RemoteWriter(url, "")) {
      return new OpenMetricsImport(file, writer, new PrintWriter(told)).run();
    }
  }

  private Path file(int lines) throws IOException {
    StringBuilder text = new StringBuilder("# TYPE requests counter\n");
    for (int i = 0; i < lines; i++) {
      text.append("requests_total{instance=\"some-long-host-name-").append(i % 100);
      text.append(":9100\"} ").append(i).append(' ').append(1_700_000_000 + i / 100).append('\n');
    }
    return Files.writeString(directory.resolve("metrics.txt"), text + "# EOF\n");
  }

  @Test
  void allSamplesAreWrittenInPortions() throws IOException, ImportException {
    Path file = file(100_000);

    assertThat(run(file)).isEqualTo(100_000);

    assertThat(requests.get()).isGreaterThan(2);
    assertThat(told.toString()).contains("[=", "===] 100 %  100000 samples");
    assertThat(directory.resolve("metrics.txt.imported")).doesNotExist();
  }

  @Test
  void goesOnWhereItEnded() throws IOException, ImportException {
    Path file = file(100_000);
    Files.writeString(directory.resolve("metrics.txt.imported"), portionEnd(file));

    long samples = run(file);

    assertThat(samples).isPositive().isLessThan(100_000);
    assertThat(told.toString()).contains("Goes on at byte");
  }

  private static String portionEnd(Path file) throws IOException {
    String text = Files.readString(file);
    return Integer.toString(text.indexOf('\n', text.length() / 2) + 1);
  }

  @Test
  void anInstanceThatRefusesEndsItAndWhatWasTakenIsNoted() throws IOException {
    Path file = file(100);
    refuse.set(1);

    assertThatThrownBy(() -> run(file))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("400");
  }

  @Test
  void problemsOfTheFileAreNamed() throws IOException {
    Path noTime = Files.writeString(directory.resolve("a"), "up 1\n# EOF\n");
    Path noText = Files.writeString(directory.resolve("b"), "{{{\n# EOF\n");
    Path cut = Files.writeString(directory.resolve("c"), "up 1 1700000000\n");

    assertThatThrownBy(() -> run(noTime)).hasMessageContaining("no time");
    assertThatThrownBy(() -> run(noText)).hasMessageContaining("b, in the lines from byte 0");
    assertThatThrownBy(() -> run(cut)).hasMessageContaining("EOF");
  }
}
