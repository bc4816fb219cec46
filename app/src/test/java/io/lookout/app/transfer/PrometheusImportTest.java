package io.lookout.app.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.lookout.app.repository.Repository;
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

/** Breaks off at every request, and goes on. */
class PrometheusImportTest {
  private static final Path DATA = Repository.file("app/src/test/resources/prometheus-3.5");

  @TempDir private Path directory = Path.of("");
  private final StringWriter told = new StringWriter();
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger mayTake = new AtomicInteger(Integer.MAX_VALUE);
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/write",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          boolean takes = mayTake.getAndDecrement() > 0;
          taken.addAndGet(takes ? 1 : 0);
          exchange.sendResponseHeaders(takes ? 204 : 400, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Path progress() {
    return directory.resolve("imported");
  }

  private long run() throws IOException, ImportException {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    try (RemoteWriter writer = new RemoteWriter(url, "")) {
      ImportProgress progress = new ImportProgress(progress());
      return new PrometheusImport(DATA, progress, writer, new PrintWriter(told)).run();
    }
  }

  @Test
  void whereverItEndsItGoesOnThere() throws IOException, ImportException {
    long samples = run();
    int requests = taken.get();
    assertThat(requests).isGreaterThan(5);
    assertThat(progress()).doesNotExist();
    for (int before = 1; before < requests; before++) {
      mayTake.set(before);
      taken.set(0);
      assertThatThrownBy(this::run).isInstanceOf(ImportException.class);
      mayTake.set(Integer.MAX_VALUE);

      assertThat(run()).isPositive().isLessThan(samples);

      assertThat(taken.get()).isEqualTo(requests);
      assertThat(told.toString()).contains("Goes on in ");
      assertThat(progress()).doesNotExist();
    }
  }

  @Test
  void aPartThatIsNotThereAnyMoreIsSaid() throws IOException {
    Files.writeString(progress(), "wal/00000999 3\n");

    assertThatThrownBy(this::run)
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("wal/00000999");
  }
}
