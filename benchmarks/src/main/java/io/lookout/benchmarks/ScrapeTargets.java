package io.lookout.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Targets to scrape: one process that answers on one port of many loopback addresses, each with so
 * many series in text 0.0.4, 85 bytes a line, half of them counters and half gauges with two
 * decimals. Writes the configuration that scrapes all of them every 15 s, and serves until it is
 * killed. {@link ScrapeCost} measures who scrapes them.
 *
 * <pre>
 *   java -cp benchmarks/target/benchmarks.jar io.lookout.benchmarks.ScrapeTargets 9200 1000 1000 scrape.yml
 * </pre>
 */
public final class ScrapeTargets {
  private static final int FAMILY = 20;

  private final int series;
  private final byte[][] names;
  private final SplittableRandom random = new SplittableRandom(42);
  private final long[] counters;

  private ScrapeTargets(int series) {
    this.series = series;
    this.names = new byte[series][];
    this.counters = new long[series];
    for (int i = 0; i < series; i++) {
      names[i] = name(i).getBytes(StandardCharsets.UTF_8);
    }
  }

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[0]);
    Files.writeString(Path.of(args[3]), configuration(port, Integer.parseInt(args[1])));
    ScrapeTargets targets = new ScrapeTargets(Integer.parseInt(args[2]));
    Vertx.vertx()
        .createHttpServer()
        .requestHandler(targets::answer)
        .listen(port, "0.0.0.0")
        .onSuccess(server -> System.out.println("Serving"))
        .onFailure(failure -> {
          System.err.println(failure.getMessage());
          System.exit(1);
        });
  }

  /** All of 127.0.0.0/8 is this machine. */
  private static String configuration(int port, int targets) {
    StringBuilder yaml =
        new StringBuilder(
            """
            global: {scrape_interval: 15s}
            scrape_configs:
              - job_name: app
                static_configs:
                  - targets:
            """);
    for (int i = 0; i < targets; i++) {
      yaml.append("          - 127.0.%d.%d:%d%n".formatted(1 + i / 250, 1 + i % 250, port));
    }
    return yaml.toString();
  }

  private static boolean isCounter(int i) {
    return i / FAMILY % 2 == 0;
  }

  private static String family(int i) {
    return "app_requests_" + i / FAMILY + (isCounter(i) ? "_total" : "_queued");
  }

  private static String name(int i) {
    String head =
        i % FAMILY == 0 ? "# TYPE " + family(i) + (isCounter(i) ? " counter\n" : " gauge\n") : "";
    return head
        + family(i)
        + "{method=\"GET\",path=\"/api/v1/items/%d\",status=\"200\",zone=\"eu-1\"} "
            .formatted(i % FAMILY);
  }

  private void answer(HttpServerRequest request) {
    Buffer body = Buffer.buffer(series * 96);
    for (int i = 0; i < series; i++) {
      body.appendBytes(names[i]);
      if (isCounter(i)) {
        counters[i] += random.nextInt(20);
        body.appendString(Long.toString(counters[i]));
      } else {
        int cents = random.nextInt(100_000);
        body.appendString(String.format(Locale.ROOT, "%d.%02d", cents / 100, cents % 100));
      }
      body.appendByte((byte) '\n');
    }
    request.response().putHeader("Content-Type", "text/plain; version=0.0.4").end(body);
  }
}
