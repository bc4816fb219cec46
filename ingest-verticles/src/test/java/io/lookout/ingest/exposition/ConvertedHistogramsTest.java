package io.lookout.ingest.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.ingest.series.StringPool;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertedHistogramsTest {
  private static final String TWO =
      """
      # TYPE d histogram
      d_bucket{a="x",le="0.1"} 3
      d_bucket{a="x",le="1"} 5
      d_bucket{a="x",le="+Inf"} 6
      d_sum{a="x"} 7.5
      d_count{a="x"} 6
      d_bucket{le="2",a="y"} 1 500
      d_bucket{le="+Inf",a="y"} 1 500
      d_sum{a="y"} 2 500
      d_count{a="y"} 1 500
      # TYPE c counter
      c 1
      """;

  private static List<String> read(String text, boolean classicToo) {
    ExpositionParser parser = new ConvertedHistograms(new TextParser(new StringPool()), classicToo);
    return Entries.of(parser, text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void classicHistogramsBecomeNativeOnesWithTheirBounds() {
    assertThat(read(TWO, false))
        .containsExactly(
            "TYPE d histogram",
            "d{a=\"x\"} {count:6, sum:7.5, [-Inf,0.1]:3, (0.1,1]:2, (1,+Inf]:1}",
            "d{a=\"y\"} {count:1, sum:2, [-Inf,2]:1} @500",
            "TYPE c counter",
            "c 1.0");
  }

  @Test
  void classicSeriesMayStayBeside() {
    assertThat(read(TWO, true))
        .hasSize(14)
        .contains("d_bucket{a=\"x\", le=\"0.1\"} 3.0", "d_count{a=\"x\"} 6.0")
        .contains("d{a=\"x\"} {count:6, sum:7.5, [-Inf,0.1]:3, (0.1,1]:2, (1,+Inf]:1}");
  }

  @Test
  void missingPartsAreMadeUpFor() {
    assertThat(read("# TYPE d histogram\nd_bucket{le=\"1\"} 2\nd_sum 3\nd_count 5\n", false))
        .contains("d {count:5, sum:3, [-Inf,1]:2, (1,+Inf]:3}");
    assertThat(read("# TYPE d histogram\nd_bucket{le=\"1\"} 2\n", false))
        .contains("d {count:2, sum:0, [-Inf,1]:2}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "d_bucket{le=\"1\"} 5\nd_bucket{le=\"2\"} 3\nd_count 5\n",
        "d_bucket{le=\"1\"} -1\nd_count 5\n",
        "d_bucket{le=\"+Inf\"} 4\nd_count 5\n",
        "d_bucket{le=\"x\"} 4\nd_count 5\n",
        "d_bucket{le=\"1\"} NaN\nd_count NaN\n",
      })
  void whatIsNoHistogramIsLeftOut(String samples) {
    assertThat(read("# TYPE d histogram\n" + samples, false)).containsExactly("TYPE d histogram");
  }

  @Test
  void otherSamplesOfTheFamilyStayAsTheyAre() {
    assertThat(
            read(
                "# TYPE d histogram\nd 1\nd_bucket 2\nd_max 3\n# TYPE s summary\ns_sum 4\n", false))
        .containsExactly(
            "TYPE d histogram",
            "d 1.0",
            "d_bucket 2.0",
            "d_max 3.0",
            "TYPE s summary",
            "s_sum 4.0");
  }

  @Test
  void hugeHistogramsAreLeftOut() {
    StringBuilder text = new StringBuilder("# TYPE d histogram\n");
    for (int i = 20_000; i > 0; i--) {
      text.append("d_bucket{le=\"").append(i).append("\"} 1\n");
    }
    assertThat(read(text.toString(), false)).containsExactly("TYPE d histogram");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void survivesMutilatedText(long seed) {
    Entries.survives(
        new ConvertedHistograms(new TextParser(new StringPool()), false),
        TWO.getBytes(StandardCharsets.UTF_8),
        seed);
  }
}
