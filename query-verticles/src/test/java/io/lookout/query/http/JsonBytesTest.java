package io.lookout.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonBytesTest {
  private final JsonBytes out = new JsonBytes();

  private String written() {
    return new String(out.array(), 0, out.size(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, -0",
    "1, 1",
    "-17, -17",
    "0.1, 0.1",
    "1e7, 10000000",
    "12345678.5, 12345678.5",
    "1e15, 1000000000000000",
    "1.5e20, 150000000000000000000",
    "1e21, 1e+21",
    "-1.25e300, -1.25e+300",
    "0.000001, 0.000001",
    "0.00012, 0.00012",
    "9e-7, 9e-07",
    "1.5e-100, 1.5e-100",
    "Infinity, +Inf",
    "-Infinity, -Inf",
    "NaN, NaN",
    "0.30000000000000004, 0.30000000000000004",
  })
  void valuesAreThoseOfPrometheus(double value, String text) {
    out.value(value);
    assertThat(written()).isEqualTo('"' + text + '"');
  }

  @Test
  void valuesReadBackTheSame() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        out.clear();
        out.value(value);
        String text = written();
        assertThat(Double.parseDouble(text.substring(1, text.length() - 1))).isEqualTo(value);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1500, 1.500", "-1500, -1.500", "7, 0.007", "-7, -0.007", "60000, 60"})
  void timesAreSeconds(long millis, String text) {
    out.timestamp(millis);
    assertThat(written()).isEqualTo(text);
  }

  @Test
  void stringsAreEscaped() {
    out.string("a\"\\\n\r\t\u0001é\u20AC\uD83D\uDE00\uDCC5");
    assertThat(written()).isEqualTo("\"a\\\"\\\\\\n\\r\\t\\u0001é\u20AC\uD83D\uDE00\uFFFD\"");
  }

  /** One character of each kind in a text that is otherwise plain, at each place. */
  @Test
  void oneCharacterIsEnoughToNeedCare() {
    for (String each :
        List.of("?", "\"", "\\", "\u0000", "\u001F", "\u007F", "\u0080", "é", "š", "€")) {
      for (int at = 0; at < 20; at++) {
        String text = "x".repeat(at) + each + "y".repeat(19 - at);
        out.clear();
        out.string(text);
        assertThat(Json.decodeValue(written())).isEqualTo(text);
      }
    }
    for (String half : List.of("\uD800", "\uDC00")) {
      out.clear();
      out.string("a" + half + "b?");
      assertThat(written()).isEqualTo("\"a\uFFFDb?\"");
    }
  }

  @Test
  void labelsAreAnObject() {
    out.labels(Labels.of("a", "1", "b", "2"));
    assertThat(written()).isEqualTo("{\"a\":\"1\",\"b\":\"2\"}");
  }

  /** Labels that come again are copied: among them ones whose hashes are the same. */
  @Test
  void labelsOfManySeriesAreThoseOfEach() {
    SplittableRandom random = new SplittableRandom(3);
    String[] names = {"Aa", "BB", "job", "instance", "a\"b", "\u20AC"};
    for (int i = 0; i < 5_000; i++) {
      String first = names[random.nextInt(3)];
      String second = names[3 + random.nextInt(3)];
      String value = names[random.nextInt(6)] + names[random.nextInt(2)] + random.nextInt(i + 1);
      String other = "x".repeat(random.nextInt(300)) + names[random.nextInt(2)];
      Labels labels = Labels.of(first, value, second, other);
      out.clear();
      out.labels(labels);
      String manySeries = written();
      assertThat(manySeries)
          .isEqualTo(
              new JsonObject()
                  .put(labels.name(0), labels.value(0))
                  .put(labels.name(1), labels.value(1))
                  .encode());
    }
  }
}
