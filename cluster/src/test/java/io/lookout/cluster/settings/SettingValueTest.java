package io.lookout.cluster.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingValueTest {
  @ParameterizedTest
  @CsvSource({"0,0", "500ms,500", "15s,15000", "1h30m,5400000", "30d,2592000000", "1y,31536000000"})
  void readsDurations(String text, long millis) {
    assertThat(DurationText.parse(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "-1s", "1m1h", "1.5h", "99999999999999s", "1 s"})
  void refusesOtherDurations(String text) {
    assertThatThrownBy(() -> DurationText.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "17,17", "17B,17", "512KiB,524288", "32MiB,33554432", "2 GiB,2147483648"})
  void readsSizes(String text, long bytes) {
    assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "32MB", "-1", "1.5GiB", "99999999TiB", "99999999999999999999"})
  void refusesOtherSizes(String text) {
    assertThatThrownBy(() -> ByteSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:9090,localhost,9090",
    ":7200,0.0.0.0,7200",
    "9090,0.0.0.0,9090",
    "[::1]:0,::1,0"
  })
  void readsAddresses(String text, String host, int port) {
    assertThat(HostPort.parse(text)).isEqualTo(new HostPort(host, port));
    assertThat(HostPort.parse(HostPort.parse(text).toString())).isEqualTo(HostPort.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "localhost", "localhost:", "localhost:65536", "localhost:-1", "::1:9"})
  void refusesOtherAddresses(String text) {
    assertThatThrownBy(() -> HostPort.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void wholeNumbersStayInTheirRange() {
    assertThatThrownBy(() -> SettingValue.parse(new RawSetting.Nested("[{a: 1}]"), int.class))
        .hasMessage("is a list where one value belongs");
    assertThat(SettingValue.parse(new RawSetting.Nested("[{a: 1}]"), String.class))
        .isEqualTo("[{a: 1}]");
    assertThatThrownBy(() -> SettingValue.parse(new RawSetting.Text("3000000000"), int.class))
        .hasMessageStartingWith("is not between");
  }
}
