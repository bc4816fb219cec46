package io.lookout.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.model.LookoutException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
  /** The numbers are those that Prometheus 3.5 answers with. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1.0005, 1000",
    "1.0015, 1002",
    "-5.25, -5250",
    "1e3, 1000000",
    "1795346685.357, 1795346685357",
    "2015-07-01T20:10:51.781Z, 1435781451781",
    "2015-07-01T20:10:51.781+02:00, 1435774251781",
    "2015-07-01T20:10:51.123456789Z, 1435781451123",
    "2015-07-01T20:10:51.1234567899999Z, 1435781451123",
    "'2015-07-01T20:10:51,5Z', 1435781451500",
    "2015-07-01T2:10:51Z, 1435716651000",
    "2015-07-01T20:10:51+24:00, 1435695051000",
    "1_795.5, 1795500",
    "0x1p4, 16000",
    "+5, 5000",
    ".5, 500",
    "5., 5000",
    "00012.250, 12250",
    "0000000000000000005, 5000",
    "00000000000000000000000005, 5000",
  })
  void readsSecondsAndDates(String text, long millis) {
    assertThat(TimeText.millis(text)).isEqualTo(millis);
  }

  @Test
  void knowsTheEndsOfTimeThatClientsAskFor() {
    assertThat(TimeText.millis("-292273086-05-16T16:47:06Z")).isEqualTo(-TimeText.MAX_MILLIS);
    assertThat(TimeText.millis("292277025-08-18T07:12:54.999999999Z"))
        .isEqualTo(TimeText.MAX_MILLIS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "0x10",
        " 5",
        "5 ",
        "5d",
        "5f",
        "1__5",
        "_5",
        "5_",
        "1e",
        ".",
        "1.2.3",
        "..",
        "\u0665",
        "2015-07-01T20:10:51+25:00",
        "2015-02-30T20:10:51Z",
        "NaN",
        "1e30",
        "2015-07-01",
        "2015-07-01T20:10Z",
        "2015-07-01T20:10:51",
        "2015-07-01t20:10:51z",
        "2015-13-01T20:10:51Z",
        "12015-07-01T20:10:51Z",
        "+999999999-12-31T23:59:59Z",
      })
  void refusesOthers(String text) {
    assertThatThrownBy(() -> TimeText.millis(text))
        .isInstanceOf(LookoutException.class)
        .hasMessage("cannot parse \"" + text + "\" to a valid timestamp");
  }

  @ParameterizedTest
  @CsvSource({"15, 15000", "0.0015, 1", "-5, -5000", "1m30s, 90000", "1e9, 1000000000000"})
  void readsDurations(String text, long millis) {
    assertThat(TimeText.durationMillis(text)).isEqualTo(millis);
  }

  @Test
  void refusesDurationsBeyondPrometheusOnes() {
    for (String text : List.of("1e10", "Inf", "-infinity")) {
      assertThatThrownBy(() -> TimeText.durationMillis(text))
          .hasMessage("cannot parse \"" + text + "\" to a valid duration. It overflows int64");
    }
    assertThatThrownBy(() -> TimeText.durationMillis("1e400"))
        .hasMessage("cannot parse \"1e400\" to a valid duration");
    assertThat(TimeText.durationMillis("NaN")).isNegative();
  }
}
