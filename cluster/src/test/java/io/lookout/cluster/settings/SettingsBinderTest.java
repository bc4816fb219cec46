package io.lookout.cluster.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsBinderTest {
  private static SettingsBinder binder() {
    return new SettingsBinder(List.of(TestSettings.class));
  }

  private static RawSetting option(String assignment) {
    return RawSetting.assignment(assignment, new Origin.CommandLine("--set"));
  }

  @Test
  void everyTypeHasItsDefault() {
    TestSettings settings = binder().bind().of(TestSettings.class);
    assertThat(settings)
        .isEqualTo(
            new TestSettings(
                Duration.ofDays(15),
                TestSettings.Sync.OS,
                new ByteSize(128L << 20),
                0,
                5_000_000_000L,
                0.5,
                true,
                new HostPort("127.0.0.1", 9200),
                List.of(),
                "main",
                ""));
  }

  @Test
  void laterSourcesCountMore() {
    SettingsBinder binder =
        binder()
            .yaml("lookout.yaml", "storage: {shards: 1, name: file, ratio: 1}")
            .environment(Map.of("LOOKOUT_STORAGE_SHARDS", "2", "LOOKOUT_STORAGE_NAME", "env"))
            .add(List.of(option("storage.shards=3")));
    TestSettings settings = binder.bind().of(TestSettings.class);
    assertThat(settings.shards()).isEqualTo(3);
    assertThat(settings.name()).isEqualTo("env");
    assertThat(settings.ratio()).isEqualTo(1.0);
  }

  @Test
  void namesAnUnknownSettingItsLineAndTheNearestKnownOne() {
    assertThatThrownBy(() -> binder().yaml("lookout.yaml", "storage:\n  retenton: 3d\n").bind())
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "lookout.yaml:2: unknown setting storage.retenton; the nearest known one is storage.retention");
  }

  @Test
  void namesAnIllTypedSettingAndItsLine() {
    assertThatThrownBy(() -> binder().yaml("lookout.yaml", "\nstorage.retention: soon\n").bind())
        .hasMessage(
            "lookout.yaml:2: setting storage.retention: 'soon' is no duration; write 30d, 1h30m, 15s or 500ms");
  }

  @Test
  void saysEverythingThatIsWrong() {
    assertThatThrownBy(() ->
            binder()
                .yaml("a.yaml", "storage: {shards: x, wal.sync: never, hots: 1}")
                .environment(Map.of("LOOKOUT_STORAGE_RATIO", "half"))
                .add(List.of(option("storage.compact=maybe")))
                .bind())
        .hasMessageContainingAll(
            "a.yaml:1: setting storage.shards: 'x' is no whole number",
            "a.yaml:1: setting storage.wal.sync: 'never' is none of os, always, every-second",
            "a.yaml:1: unknown setting storage.hots; the nearest known one is storage.hosts",
            "environment variable LOOKOUT_STORAGE_RATIO: setting storage.ratio: 'half' is no number",
            "option --set: setting storage.compact: 'maybe' is neither true nor false");
  }

  @Test
  void reportsWhatARecordRefuses() {
    assertThatThrownBy(() -> binder().add(List.of(option("storage.shards=-1"))).bind())
        .hasMessage("option --set: setting storage.shards: storage.shards is negative");
  }

  @Test
  void saysThatAnAreaIsNoSetting() {
    assertThatThrownBy(() -> binder().add(List.of(option("storage.wal=os"))).bind())
        .hasMessage(
            "option --set: setting storage.wal is an area, not a setting; it has storage.wal.segment, storage.wal.sync");
  }

  @Test
  void reportsAFileThatIsNotThere() {
    assertThatThrownBy(() -> binder().file(Path.of("no/such.yaml")).bind())
        .hasMessageContaining("no/such.yaml: cannot be read");
  }

  @Test
  void masksSecretsThatAreSet() {
    Settings settings = binder().add(List.of(option("storage.password=hunter2"))).bind();
    assertThat(settings.of(TestSettings.class).password()).isEqualTo("hunter2");
    assertThat(settings.effective())
        .contains(
            new EffectiveSetting(
                "storage.password", EffectiveSetting.MASK, new Origin.CommandLine("--set")));
    assertThat(settings.effective().toString()).doesNotContain("hunter2");
    assertThat(binder().bind().effective())
        .contains(new EffectiveSetting("storage.password", "", new Origin.Default()));
  }

  @Test
  void refusesATypeThatNobodyDeclared() {
    record Other() {}
    assertThatThrownBy(() -> binder().bind().of(Other.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void openSettingsBindWhatIsAskedFor() {
    TestSettings settings = Settings.with("storage.shards=4").of(TestSettings.class);
    assertThat(settings.shards()).isEqualTo(4);
    assertThat(Settings.defaults().of(TestSettings.class).name()).isEqualTo("main");
    assertThatThrownBy(() -> Settings.with("storage.shards=x").of(TestSettings.class))
        .isInstanceOf(SettingsException.class);
  }
}
