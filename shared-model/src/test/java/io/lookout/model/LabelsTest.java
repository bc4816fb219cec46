package io.lookout.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LabelsTest {
  @Test
  void labelsAreHeldInTheOrderOfTheirNames() {
    Labels labels = Labels.of("job", "api", "__name__", "up", "instance", "a:1");

    assertThat(labels).extracting(Label::name).containsExactly("__name__", "instance", "job");
    assertThat(labels).isEqualTo(Labels.of("__name__", "up", "instance", "a:1", "job", "api"));
    assertThat(labels.metricName()).isEqualTo("up");
  }

  @Test
  void anEmptyValueIsAnAbsentLabel() {
    assertThat(Labels.of("a", "1", "b", "")).isEqualTo(Labels.of("a", "1"));
    assertThat(Labels.of("a", "1").valueOf("b")).isEmpty();
    assertThat(Labels.of("a", "1").get("b")).isNull();
  }

  @Test
  void aNameGivenTwiceIsRefused() {
    assertThatThrownBy(() -> Labels.of("a", "1", "a", "2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label a");
  }

  @Test
  void keepAndDropAreOpposites() {
    Labels labels = Labels.of("a", "1", "b", "2", "c", "3");

    assertThat(labels.keep(List.of("b", "x"))).isEqualTo(Labels.of("b", "2"));
    assertThat(labels.drop(List.of("b", "x"))).isEqualTo(Labels.of("a", "1", "c", "3"));
    assertThat(labels.drop(List.of("x"))).isSameAs(labels);
  }

  @Test
  void textIsWhatPromQlReadsBack() {
    assertThat(Labels.of("__name__", "up", "job", "a\"b\\c\n"))
        .hasToString("up{job=\"a\\\"b\\\\c\\n\"}");
    assertThat(Labels.of("__name__", "up")).hasToString("up");
    assertThat(Labels.of("__name__", "http.requests", "x", "1"))
        .hasToString("{\"http.requests\", x=\"1\"}");
    assertThat(Labels.of("service.name", "é")).hasToString("{\"service.name\"=\"é\"}");
    assertThat(Labels.EMPTY).hasToString("{}");
  }

  @Test
  void orderOfStringsIsTheOrderOfTheirUtf8Bytes() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 20_000; i++) {
      String a = text(random);
      String b = text(random);
      int bytes =
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
      assertThat(Integer.signum(Utf8Order.compare(a, b))).isEqualTo(Integer.signum(bytes));
    }
  }

  /** Few code points of every length of encoding, so that common prefixes occur. */
  private static String text(SplittableRandom random) {
    int[] alphabet = {'a', 'b', 0xe9, 0x20ac, 0xe000, 0xffee, 0x10000, 0x1f600, 0x10ffff};
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(5); n > 0; n--) {
      text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
    }
    return text.toString();
  }

  @Test
  void fingerprintsDependOnTenantNamesAndValuesAndNothingElse() {
    Fingerprint known =
        SeriesKey.of("anonymous", Labels.of("__name__", "up", "job", "x")).fingerprint();

    assertThat(SeriesKey.of("anonymous", Labels.of("job", "x", "__name__", "up")).fingerprint())
        .isEqualTo(known);
    assertThat(SeriesKey.of("other", Labels.of("__name__", "up", "job", "x")).fingerprint())
        .isNotEqualTo(known);
    assertThat(SeriesKey.of("anonymous", Labels.of("__name__", "up", "jobx", "x")).fingerprint())
        .isNotEqualTo(known);
  }

  @Test
  void errorCodesSurviveTheBus() {
    for (ErrorCode code : ErrorCode.values()) {
      assertThat(ErrorCode.ofBusCode(code.busCode())).isEqualTo(code);
    }
    assertThat(ErrorCode.ofBusCode(-1)).isEqualTo(ErrorCode.INTERNAL);
  }
}
