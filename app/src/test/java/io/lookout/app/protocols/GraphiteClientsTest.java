package io.lookout.app.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.graphite.Graphite;
import com.codahale.metrics.graphite.GraphiteReporter;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.graphite.GraphiteConfig;
import io.micrometer.graphite.GraphiteMeterRegistry;
import io.micrometer.graphite.GraphiteProtocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dropwizard's reporter and Micrometer's registry write Graphite's lines. */
class GraphiteClientsTest {
  @TempDir private static Path directory = Path.of("");

  private static RunningLookout lookout;

  @BeforeAll
  static void start() {
    lookout =
        RunningLookout.start(directory, "graphite.enabled=true", "graphite.listen=127.0.0.1:0");
  }

  @AfterAll
  static void stop() {
    lookout.close();
  }

  private static void awaitValue(String expression, double value) {
    await().atMost(Duration.ofMinutes(1)).until(() -> !lookout.query(expression).isEmpty());
    assertThat(lookout.value(expression)).isEqualTo(value);
  }

  @Test
  void dropwizardReports() {
    MetricRegistry registry = new MetricRegistry();
    registry.counter("orders").inc(3);
    registry.register("queue.size", (Gauge<Integer>) () -> 12);
    try (GraphiteReporter reporter =
        GraphiteReporter.forRegistry(registry)
            .prefixedWith("shop.web01")
            .build(new Graphite("127.0.0.1", lookout.port("graphite.listen")))) {
      reporter.report();
    }
    awaitValue("{'shop.web01.orders.count'}", 3);
    awaitValue("{'shop.web01.queue.size'}", 12);
  }

  @Test
  void micrometerWritesTags() {
    GraphiteConfig config =
        new GraphiteConfig() {
          @Override
          public @Nullable String get(String key) {
            return switch (key) {
              case "graphite.port" -> Integer.toString(lookout.port("graphite.listen"));
              case "graphite.host" -> "127.0.0.1";
              case "graphite.step" -> "1h";
              default -> null;
            };
          }

          @Override
          public GraphiteProtocol protocol() {
            return GraphiteProtocol.PLAINTEXT;
          }
        };
    GraphiteMeterRegistry registry = new GraphiteMeterRegistry(config, Clock.SYSTEM);
    registry.gauge("queue.depth", List.of(Tag.of("queue", "mail")), 7);
    registry.close();
    awaitValue("{'queue.depth',queue='mail'}", 7);
  }
}
