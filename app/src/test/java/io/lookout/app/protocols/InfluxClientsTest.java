package io.lookout.app.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Clock;
import io.micrometer.influx.InfluxConfig;
import io.micrometer.influx.InfluxMeterRegistry;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.influxdb.InfluxDB;
import org.influxdb.InfluxDBFactory;
import org.influxdb.dto.Point;
import org.influxdb.dto.Query;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** influxdb-java and Micrometer write lines. */
class InfluxClientsTest {
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
  void influxdbJavaWritesAndListsDatabases() {
    try (InfluxDB influx = InfluxDBFactory.connect(lookout.url())) {
      assertThat(influx.ping().isGood()).isTrue();
      influx.query(new Query("CREATE DATABASE \"telegraf\""));
      influx.setDatabase("telegraf");
      influx.write(
          Point.measurement("cpu load")
              .time(System.currentTimeMillis(), TimeUnit.MILLISECONDS)
              .tag("host", "a b,c=d")
              .addField("idle", 97.5)
              .addField("cores", 8)
              .addField("up", true)
              .addField("note", "text, with \"quotes\"")
              .addField("value", 3L)
              .build());
      assertThat(influx.query(new Query("SHOW DATABASES")).getResults().toString())
          .contains("telegraf");
    }
    String labels = "host='a b,c=d',db='telegraf'}";
    assertThat(lookout.value("{'cpu load_idle'," + labels)).isEqualTo(97.5);
    assertThat(lookout.value("{'cpu load_cores'," + labels)).isEqualTo(8);
    assertThat(lookout.value("{'cpu load_up'," + labels)).isEqualTo(1);
    assertThat(lookout.value("{'cpu load'," + labels)).isEqualTo(3);
    assertThat(lookout.rejected("influxdb", "text_value")).isEqualTo(1);
  }

  @Test
  void micrometerWritesVersion1And2() {
    micrometer("v1", null, null);
    micrometer("v2", "bucket", "org");
    assertThat(lookout.value("orders{shop='v1',db='mydb'}")).isEqualTo(5);
    assertThat(lookout.value("orders{shop='v2',db='bucket'}")).isEqualTo(5);
  }

  private static void micrometer(String shop, @Nullable String bucket, @Nullable String org) {
    InfluxConfig config =
        new InfluxConfig() {
          @Override
          public @Nullable String get(String key) {
            return switch (key) {
              case "influx.uri" -> lookout.url();
              case "influx.db" -> bucket == null ? "mydb" : null;
              case "influx.bucket" -> bucket;
              case "influx.org" -> org;
              case "influx.token" -> bucket == null ? null : "token";
              case "influx.step" -> "1h";
              default -> null;
            };
          }
        };
    InfluxMeterRegistry registry = new InfluxMeterRegistry(config, Clock.SYSTEM);
    registry.gauge(
        "orders", java.util.List.of(io.micrometer.core.instrument.Tag.of("shop", shop)), 5);
    registry.close();
  }

  @Test
  void databasesAreCreatedHoweverTheyAreNamed() {
    created("CREATE DATABASE plain;");
    created("create database if not exists \"with blank\"\n WITH DURATION 3d");
    created("CREATE DATABASE \"a\\\"b\" ");
    assertThat(lookout.get("/query?q=SHOW%20DATABASES").body())
        .startsWith(
            "{\"results\":[{\"statement_id\":0,\"series\":[{\"name\":\"databases\","
                + "\"columns\":[\"name\"],\"values\":[[")
        .contains("[\"plain\"]", "[\"with blank\"]", "[\"a\\\"b\"]")
        .doesNotContain("plain;", "if");
  }

  private static void created(String statement) {
    String body = "q=" + URLEncoder.encode(statement, StandardCharsets.UTF_8);
    var answer = lookout.post("/query", body, "Content-Type", "application/x-www-form-urlencoded");
    assertThat(answer.body()).isEqualTo("{\"results\":[{\"statement_id\":0}]}");
  }

  @Test
  void goodLinesCountAmongBadOnes() {
    var answer = lookout.post("/write?db=d", "good value=1\nbad line here x\ngood2 value=2i\n");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo(
            "{\"error\":\"partial write: unable to parse 'bad line here x': invalid field format"
                + " dropped=0\"}");
    assertThat(lookout.value("good{db='d'} + on() good2")).isEqualTo(3);
    assertThat(lookout.rejected("influxdb", "malformed")).isGreaterThanOrEqualTo(1);
  }

  @Test
  void answersAsInfluxDoes() {
    assertThat(lookout.post("/write", "m value=1").body())
        .isEqualTo("{\"error\":\"database is required\"}");
    assertThat(lookout.post("/write?db=d", "cpu value=NaN").body())
        .contains("unable to parse 'cpu value=NaN': invalid number")
        .doesNotContain("partial");
    assertThat(lookout.post("/write?db=d", "cpu,host= value=1").body())
        .contains("missing tag value");
    assertThat(lookout.post("/write?db=d", "cpu,a=1,a=2 value=1").statusCode()).isEqualTo(400);
    assertThat(lookout.post("/write?db=d", "# nothing\n\n").statusCode()).isEqualTo(204);
    assertThat(lookout.get("/write").statusCode()).isEqualTo(405);
    assertThat(lookout.get("/ping").statusCode()).isEqualTo(204);
    assertThat(lookout.get("/ping?verbose=false").statusCode()).isEqualTo(204);
    var verbose = lookout.get("/ping?verbose=true");
    assertThat(verbose.statusCode()).isEqualTo(200);
    assertThat(verbose.body()).matches("\\{\"version\":\"1\\.[0-9.]+\"}");
    assertThat(lookout.post("/api/v2/write?bucket=b", "m,").body())
        .contains("\"code\":\"invalid\"");
    assertThat(lookout.get("/health").body()).contains("\"status\":\"pass\"");
  }
}
