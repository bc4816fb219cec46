package io.lookout.app.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.opentsdb.OpenTSDBConfig;
import io.micrometer.opentsdb.OpenTSDBMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Micrometer puts data points. */
class OpenTsdbClientsTest {
  @TempDir private static Path directory = Path.of("");

  private static RunningLookout lookout;

  @BeforeAll
  static void start() {
    lookout = RunningLookout.start(directory);
  }

  @AfterAll
  static void stop() {
    lookout.close();
  }

  @Test
  void micrometerPuts() {
    OpenTSDBConfig config =
        new OpenTSDBConfig() {
          @Override
          public @Nullable String get(String key) {
            return switch (key) {
              case "opentsdb.uri" -> lookout.url() + "/api/put";
              case "opentsdb.step" -> "1h";
              default -> null;
            };
          }
        };
    OpenTSDBMeterRegistry registry = new OpenTSDBMeterRegistry(config, Clock.SYSTEM);
    registry.gauge("queue.size", List.of(Tag.of("queue", "mail")), 12);
    registry.counter("sent").increment(3);
    registry.close();
    assertThat(lookout.value("queue_size{queue='mail'}")).isEqualTo(12);
    assertThat(lookout.value("sent_total")).isEqualTo(3);
  }

  @Test
  void eachDataPointCountsForItself() {
    long now = System.currentTimeMillis();
    String body =
        """
        [{"metric":"sys.cpu.user","timestamp":%d,"value":"42.5","tags":{"host":"a"}},
         {"metric":"sys.cpu.user","timestamp":%d,"value":1,"tags":{"host":"b"}},
         {"metric":"sys.cpu.user","timestamp":%d,"value":"abc","tags":{"host":"c"}},
         {"metric":"","timestamp":%d,"value":1,"tags":{}}]\
        """
            .formatted(now, now / 1000, now, now);
    var answer = lookout.post("/api/put?details", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("\"failed\":2,\"success\":2")
        .contains("Unable to parse value to a number")
        .contains("Metric name was empty");
    assertThat(lookout.value("{'sys.cpu.user',host='a'}")).isEqualTo(42.5);
    assertThat(lookout.value("{'sys.cpu.user',host='b'}")).isEqualTo(1);
    assertThat(lookout.post("/api/put?summary", body).body())
        .isEqualTo("{\"failed\":2,\"success\":2}");
    assertThat(lookout.rejected("opentsdb", "invalid_value")).isGreaterThanOrEqualTo(2);
  }

  @Test
  void answersWithStatusAlone() {
    String good = "{\"metric\":\"m\",\"timestamp\":1700000000,\"value\":1,\"tags\":{\"a\":\"b\"}}";
    assertThat(lookout.post("/api/put", good).statusCode()).isEqualTo(204);
    assertThat(lookout.post("/opentsdb/api/put", good).statusCode()).isEqualTo(202);
    assertThat(lookout.post("/api/put", "[" + good + ",").statusCode()).isEqualTo(400);
    assertThat(lookout.post("/api/put", "17").body()).contains("\"code\":400");
    assertThat(lookout.post("/api/put", "{\"metric\":\"m\",\"timestamp\":-1,\"value\":1}").body())
        .contains("Invalid timestamp");
  }

  @Test
  void aliyunsClientIsAnswered() {
    assertThat(lookout.post("/api/vip_health", "{}").statusCode()).isEqualTo(200);
    String body =
        "[{\"metric\":\"wind\",\"tags\":{\"city\":\"hz\"},\"timestamp\":%d,\"fields\":{\"level\":1.2,\"on\":true,\"note\":\"x\"}}]"
            .formatted(System.currentTimeMillis());
    assertThat(lookout.post("/api/mput?summary", body).body())
        .isEqualTo("{\"failed\":0,\"success\":2}");
    assertThat(lookout.value("wind_level{city='hz'}")).isEqualTo(1.2);
    assertThat(lookout.value("wind_on{city='hz'}")).isEqualTo(1);
  }
}
