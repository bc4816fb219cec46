package io.lookout.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.cluster.resolution.DownsamplingSettings;
import io.lookout.cluster.settings.EffectiveSetting;
import io.lookout.cluster.settings.Setting;
import io.lookout.cluster.settings.Settings;
import io.lookout.cluster.settings.SettingsBinder;
import io.lookout.query.remoteread.ReadSettings;
import io.lookout.query.run.QuerySettings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusTest {
  private static final String ODD = "a: \"b\" #c\\ {d} é\t\uD83D\uDE00";

  /** Such as other roles have. */
  record Others(
      @Setting(name = "storage.password", defaultValue = "", help = "Password.", secret = true)
          String password,
      @Setting(name = "storage.token", defaultValue = "", help = "Token.", secret = true)
          String token,
      @Setting(name = "storage.retention", defaultValue = "15d", help = "Retention.")
          String retention,
      @Setting(name = "storage.odd", defaultValue = "", help = "Odd text.") String odd,
      @Setting(name = "storage.words", defaultValue = "null", help = "A word of YAML.")
          String words) {}

  private final Settings settings =
      binder()
          .environment(
              Map.of(
                  "LOOKOUT_STORAGE_PASSWORD", "hunter2",
                  "LOOKOUT_STORAGE_RETENTION", "30d",
                  "LOOKOUT_STORAGE_ODD", ODD))
          .bind();
  private final ApiFixture api = new ApiFixture(settings);

  private static SettingsBinder binder() {
    return new SettingsBinder(
        List.of(Others.class, QuerySettings.class, ReadSettings.class, DownsamplingSettings.class));
  }

  @AfterEach
  void close() {
    api.close();
  }

  private JsonObject data(String path) {
    HttpResponse<byte[]> response = api.get("/api/v1/status/" + path);
    assertThat(response.statusCode()).isEqualTo(200);
    return new JsonObject(Buffer.buffer(response.body())).getJsonObject("data");
  }

  private static Map<String, String> values(Settings settings) {
    return settings.effective().stream()
        .collect(Collectors.toMap(EffectiveSetting::name, EffectiveSetting::value));
  }

  /** What it says can be given to Lookout as a file: every value is read as it was. */
  @Test
  void theConfigurationIsYaml() {
    JsonObject data = data("config");
    assertThat(data.fieldNames()).containsExactly("yaml");
    Settings read = binder().yaml("config", data.getString("yaml")).bind();
    assertThat(read.of(Others.class).odd()).isEqualTo(ODD);
    assertThat(read.of(Others.class).words()).isEqualTo("null");
    assertThat(values(read)).isEqualTo(values(settings));
  }

  @Test
  void secretsAreMasked() {
    assertThat(data("config").getString("yaml"))
        .contains("storage.password: \"<secret>\"\n", "storage.token: \"\"\n")
        .doesNotContain("hunter2");
    assertThat(data("flags").getString("storage.password")).isEqualTo(EffectiveSetting.MASK);
    assertThat(data("flags").encode()).doesNotContain("hunter2");
  }

  @Test
  void theRuntimeIsTold() {
    JsonObject data = data("runtimeinfo");
    assertThat(data.fieldNames())
        .containsExactlyInAnyOrder(
            "startTime",
            "CWD",
            "hostname",
            "serverTime",
            "reloadConfigSuccess",
            "lastConfigTime",
            "corruptionCount",
            "goroutineCount",
            "GOMAXPROCS",
            "GOMEMLIMIT",
            "GOGC",
            "GODEBUG",
            "storageRetention");
    assertThat(data.getString("startTime")).isEqualTo("1970-01-01T00:01:00Z");
    assertThat(data.getString("serverTime")).isEqualTo("1970-01-01T00:01:00Z");
    assertThat(data.getString("CWD")).isEqualTo(Path.of("").toAbsolutePath().toString());
    assertThat(data.getString("hostname")).isNotEmpty();
    assertThat(data.getString("storageRetention")).isEqualTo("30d");
    assertThat(data.getInteger("goroutineCount")).isPositive();
    assertThat(data.getInteger("GOMAXPROCS")).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(data.getLong("GOMEMLIMIT")).isPositive();
  }

  @Test
  void whatThereIsNothingOfIsEmpty() {
    assertThat(data("walreplay")).isEqualTo(new JsonObject("{\"min\":0,\"max\":0,\"current\":0}"));
    assertThat(data("tsdb/blocks")).isEqualTo(new JsonObject("{\"blocks\":[]}"));
    assertThat(new String(api.get("/api/v1/notifications").body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"status\":\"success\",\"data\":[]}");
    assertThat(api.get("/api/v1/notifications/live").statusCode()).isEqualTo(204);
  }
}
