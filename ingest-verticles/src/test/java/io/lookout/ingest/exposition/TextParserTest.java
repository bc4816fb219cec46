package io.lookout.ingest.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.ingest.series.LabelPairs;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextParserTest {
  private static final String EXAMPLE =
      """
      # HELP go_gc_duration_seconds A summary with \\\\ and\\nnew line.
      # TYPE go_gc_duration_seconds summary
      go_gc_duration_seconds{quantile="0"} 4.9351e-05
      go_gc_duration_seconds{quantile="0.25",} 7.424100000000001e-05

      # a comment of no meaning
        \twith_blanks  {\ta="1" , b = "two words" }\t 12 1395066363000\t
      # TYPE "my.name" gauge
      {"my.name", "a b"="c\\"d\\\\e\\nf\\g"} NaN
      no_labels -Inf
      """;

  private final TextParser parser = new TextParser(new StringPool());

  private List<String> read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> read(byte[] bytes) {
    List<String> entries = new ArrayList<>();
    parser.reset(bytes, 0, bytes.length);
    while (true) {
      switch (parser.next()) {
        case SAMPLE -> entries.add(sample());
        case HELP -> entries.add("HELP " + parser.family() + " " + parser.text());
        case TYPE -> entries.add("TYPE " + parser.family() + " " + parser.text());
        case HISTOGRAM, UNIT -> throw new AssertionError("not of this format");
        case END -> {
          return entries;
        }
      }
    }
  }

  private String sample() {
    LabelPairs labels = new LabelPairs();
    parser.labels(labels);
    assertThat(labels.problemOfNames()).isNull();
    return labels.build() + " " + parser.value() + (parser.isTimed() ? " @" + parser.time() : "");
  }

  @Test
  void readsWhatTargetsExpose() {
    assertThat(read(EXAMPLE))
        .containsExactly(
            "HELP go_gc_duration_seconds A summary with \\ and\nnew line.",
            "TYPE go_gc_duration_seconds summary",
            "go_gc_duration_seconds{quantile=\"0.0\"} 4.9351E-5",
            "go_gc_duration_seconds{quantile=\"0.25\"} 7.424100000000001E-5",
            "with_blanks{a=\"1\", b=\"two words\"} 12.0 @1395066363000",
            "TYPE my.name gauge",
            "{\"my.name\", \"a b\"=\"c\\\"d\\\\e\\nf\\\\g\"} NaN",
            "no_labels -Infinity");
  }

  @Test
  void readsTheLastLineWithoutLineBreak() {
    assertThat(read("up 1")).containsExactly("up 1.0");
    assertThat(read("up 1 -5")).containsExactly("up 1.0 @-5");
    assertThat(read("# TYPE up gauge")).containsExactly("TYPE up gauge");
    assertThat(read("")).isEmpty();
    assertThat(read("#")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1.0",
    "-0, -0.0",
    "1e3, 1000.0",
    "1.5E-2, 0.015",
    ".5, 0.5",
    "5., 5.0",
    "+Inf, Infinity",
    "inf, Infinity",
    "nan, NaN",
    "0.1, 0.1",
    "123456789012345678, 1.2345678901234568E17",
    "1e400, Infinity",
    "4.9e-324, 4.9E-324",
    "179769313486231570000, 1.7976931348623157E20"
  })
  void readsNumbers(String number, String expected) {
    assertThat(read("x " + number)).containsExactly("x " + expected);
  }

  @Test
  void readsAnyNumberAsJavaDoes() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 50_000; i++) {
      double number =
          random.nextBoolean()
              ? Double.longBitsToDouble(random.nextLong())
              : random.nextInt(1_000_000) / Math.pow(10, random.nextInt(9));
      if (Double.isFinite(number)) {
        byte[] text = Double.toString(number).getBytes(StandardCharsets.US_ASCII);
        double fast = DecimalNumber.parse(text, 0, text.length);
        assertThat(Double.isNaN(fast) || Double.compare(fast, number) == 0).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x", "x ", "x{", "x{a=\"b\"", "x{a=\"b} 1", "x{a=b} 1", "x{a} 1", "x{a=\"b\" c=\"d\"} 1",
        "{} 1x", "x 0x10", "x 1_000", "x 1d", "x 1 2 3", "x 1 1.5", "x 1 y",
            "x 1 99999999999999999999",
        "x one", "1x 1", "x{\"y\"=} 1", "x\ny 1", "# TYPE", "x--y 1", "x 1\r\n"
      })
  void refusesWhatIsNoExposition(String text) {
    boolean harmlessComment = text.equals("# TYPE");
    if (harmlessComment) {
      assertThat(read(text)).isEmpty();
    } else {
      assertThatThrownBy(() -> read("ok 1\n" + text))
          .isInstanceOfSatisfying(
              LookoutException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_DATA))
          .hasMessageStartingWith("line 2: ");
    }
  }

  @Test
  void refusesLabelsThatAreNotUtf8() {
    byte[] text = "x{a=\"?\"} 1".getBytes(StandardCharsets.US_ASCII);
    text[5] = (byte) 0xff;

    assertThatThrownBy(() -> read(text)).hasMessage("line 1: value of label a is not UTF-8");
  }

  @Test
  void survivesMutilatedText() {
    SplittableRandom random = new SplittableRandom(7);
    byte[] original = EXAMPLE.getBytes(StandardCharsets.UTF_8);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] text = original.clone();
      for (int n = random.nextInt(1, 5); n > 0; n--) {
        text[random.nextInt(text.length)] = (byte) random.nextInt(-128, 128);
      }
      refused += isRefused(text) ? 1 : 0;
    }
    assertThat(refused).isBetween(1000, 19_999);
  }

  private boolean isRefused(byte[] text) {
    try {
      parser.reset(text, 0, text.length);
      for (var entry = parser.next(); entry != ExpositionParser.Entry.END; entry = parser.next()) {
        if (entry == ExpositionParser.Entry.SAMPLE) {
          parser.labels(new LabelPairs());
        }
      }
      return false;
    } catch (LookoutException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.BAD_DATA);
      return true;
    }
  }
}
