package io.lookout.ingest.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.ingest.series.StringPool;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenMetricsParserTest {
  private static final String EXAMPLE =
      """
      # TYPE wait_seconds histogram
      # UNIT wait_seconds seconds
      # HELP wait_seconds How \\"long\\", in \\\\ or\\nso.
      wait_seconds_bucket{le="1"} 3 # {trace="a\\"b"} 0.5 1700000000.25
      wait_seconds_bucket{le="+Inf"} 4 # {} 7
      wait_seconds_count 4
      wait_seconds_sum 8.5
      wait_seconds_created 1700000000.123
      # TYPE "my.name" gauge
      {"my.name","a b"="c"} NaN 1700000000.5
      # TYPE quiet counter
      # HELP quiet
      quiet_total 1e3 -1.5 # {id="1"} 1
      # EOF
      """;

  private final OpenMetricsParser parser = new OpenMetricsParser(new StringPool());

  private List<String> read(String text) {
    return Entries.of(parser, text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsWhatTargetsExpose() {
    assertThat(read(EXAMPLE))
        .containsExactly(
            "TYPE wait_seconds histogram",
            "UNIT wait_seconds seconds",
            "HELP wait_seconds How \"long\", in \\ or\nso.",
            "wait_seconds_bucket{le=\"1.0\"} 3.0 # {trace=\"a\\\"b\"} 0.5 @1700000000250",
            "wait_seconds_bucket{le=\"+Inf\"} 4.0 # {} 7.0",
            "wait_seconds_count 4.0",
            "wait_seconds_sum 8.5",
            "wait_seconds_created 1.700000000123E9",
            "TYPE my.name gauge",
            "{\"my.name\", \"a b\"=\"c\"} NaN @1700000000500",
            "TYPE quiet counter",
            "HELP quiet ",
            "quiet_total 1000.0 @-1500 # {id=\"1\"} 1.0");
  }

  @Test
  void endsWithOrWithoutALineBreak() {
    assertThat(read("# EOF")).isEmpty();
    assertThat(read("# EOF\n")).isEmpty();
    assertThat(read("a 1\n# EOF")).containsExactly("a 1.0");
  }

  @Test
  void leavesOutExemplarsThatAreTooLong() {
    assertThat(read("a_total 1 # {x=\"" + "y".repeat(128) + "\"} 1\n# EOF\n"))
        .containsExactly("a_total 1.0");
    assertThat(read("a_total 1 # {x=\"" + "y".repeat(127) + "\"} 1\n# EOF\n"))
        .containsExactly("a_total 1.0 # {x=\"" + "y".repeat(127) + "\"} 1.0");
  }

  @ParameterizedTest
  @CsvSource({
    "a 1, end of line expected after the sample",
    "a 1|, data does not end with # EOF",
    "'', data does not end with # EOF",
    "# EOF|a 1, unexpected data after # EOF",
    "# EOF||, unexpected data after # EOF",
    "# TYPE a untyped|# EOF, invalid metric type \"untyped\"",
    "# UNIT a seconds|# EOF, unit \"seconds\" not a suffix of metric \"a\"",
    "# a comment|# EOF, 'a comment that is neither TYPE, HELP, UNIT nor EOF'",
    "#TYPE a gauge|# EOF, a blank is expected",
    "|# EOF, metric name expected",
    "a  1|# EOF, value expected",
    "a 1 NaN|# EOF, timestamp is no number of seconds",
    "a 1 # x|# EOF, labels of an exemplar expected",
    "a 1 2 3|# EOF, end of line expected after the sample",
  })
  void refusesWhatIsNoOpenMetrics(String text, String problem) {
    assertThatThrownBy(() -> read(text.replace('|', '\n')))
        .isInstanceOfSatisfying(
            LookoutException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_DATA))
        .hasMessageStartingWith("line ")
        .hasMessageEndingWith(problem);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void survivesMutilatedText(long seed) {
    Entries.survives(parser, EXAMPLE.getBytes(StandardCharsets.UTF_8), seed);
  }
}
