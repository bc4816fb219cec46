package io.lookout.app.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.app.process.ClientProgram;
import io.lookout.app.repository.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that come with libraries of their own, each in a process of its own. */
class ForeignClientsIT {
  @TempDir private static Path directory = Path.of("");

  private static RunningLookout lookout;

  @BeforeAll
  static void start() {
    lookout =
        RunningLookout.start(directory, "otlp.grpc.enabled=true", "otlp.grpc.listen=127.0.0.1:0");
  }

  @AfterAll
  static void stop() {
    lookout.close();
  }

  @ParameterizedTest
  @CsvSource({"elasticsearch-7,7.", "elasticsearch-8,8."})
  void elasticsearchsOlderClientsSendEvents(String folder, String version) throws Exception {
    Path log = directory.resolve(folder + ".log");
    String said =
        // Both versions have the same API.
        new ClientProgram(folder, "elasticsearch-8/Client.java")
            .run(log, Integer.toString(lookout.port()), "/beat", folder);

    assertThat(said).contains("true " + version, "true [201, 400]");
    assertThat(lookout.value("system_load_1{host='" + folder + "'}")).isEqualTo(1.5);
  }

  @Test
  void aliyunsClientPutsDataPoints() throws Exception {
    Path log = directory.resolve("hitsdb.log");
    String said =
        new ClientProgram("hitsdb", "hitsdb/Client.java")
            .run(log, Integer.toString(lookout.port()));

    assertThat(said).contains("summary 1/0, tolerant 1/1, wind 2/0");
    assertThat(lookout.value("{'hitsdb.level',city='hz'}")).isEqualTo(1.25);
    assertThat(lookout.value("{'hitsdb.wind_speed',city='hz'}")).isEqualTo(45.5);
    assertThat(lookout.value("{'hitsdb.wind_calm',city='hz'}")).isZero();
    assertThat(lookout.value("{'hitsdb.queued',city='hz'}")).isEqualTo(3);
    assertThat(lookout.query("{'hitsdb.level',city='sh'}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"http/protobuf", "grpc"})
  void openTelemetrysAgentMeasuresAService(String protocol) throws Exception {
    ClientProgram agent =
        new ClientProgram("opentelemetry-agent", "opentelemetry-agent/Service.java");
    String name = "service-" + protocol.length();
    String endpoint =
        protocol.equals("grpc")
            ? "http://127.0.0.1:" + lookout.port("otlp.grpc.listen")
            : lookout.url() + "/v1/metrics";
    Path log = directory.resolve(name + ".log");
    Process service =
        agent.start(
            log,
            List.of(
                "-javaagent:" + agent.library("opentelemetry-javaagent"),
                "-Dotel.service.name=" + name,
                "-Dotel.traces.exporter=none",
                "-Dotel.logs.exporter=none",
                "-Dotel.metrics.exporter=otlp",
                "-Dotel.exporter.otlp.metrics.protocol=" + protocol,
                "-Dotel.exporter.otlp.metrics.endpoint=" + endpoint,
                "-Dotel.metric.export.interval=500",
                // Nothing but what it says of the JVM; and the launcher of sources is a tool to it.
                "-Dotel.instrumentation.common.default-enabled=false",
                "-Dotel.instrumentation.runtime-telemetry.enabled=true",
                "-Dotel.javaagent.enabled=true"));
    try {
      await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> assertAgentsMetrics(name, log));
    } finally {
      service.destroyForcibly();
      service.onExit().join();
    }
    assertThat(lookout.rejected("otlp", "malformed")).isZero();
  }

  private static void assertAgentsMetrics(String job, Path log) throws IOException {
    String of = "{job='" + job + "'}";
    String heap = "sum(jvm_memory_used_bytes{job='" + job + "',jvm_memory_type='heap'})";
    assertThat(lookout.query("jvm_class_loaded_total" + of)).as(Repository.text(log)).hasSize(1);
    assertThat(lookout.value(heap)).isPositive();
    assertThat(lookout.value("jvm_cpu_count" + of)).isPositive();
    assertThat(lookout.value("target_info{telemetry_distro_name!='',job='" + job + "'}")).isOne();
  }
}
