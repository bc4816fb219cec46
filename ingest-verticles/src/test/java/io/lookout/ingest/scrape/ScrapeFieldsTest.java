package io.lookout.ingest.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.ingest.scrape.config.ScrapeConfigs;
import io.lookout.ingest.scrape.fetch.Fetcher.Answer;
import io.lookout.model.bus.WriteBatch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the fields of a job make of an answer. */
class ScrapeFieldsTest {
  private static final String TARGET = "instance=\"host:9100\", job=\"node\"";

  private static List<String> samples(String fields, String text) {
    Outcome outcome = ScrapeTest.answered(ScrapeTest.scrape(fields), 1000, text);
    assertThat(outcome.problem()).isEmpty();
    return ScrapeTest.samples(outcome.batch());
  }

  private static Outcome typed(String fields, String type, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ScrapeTest.scrape(fields).answered(new Answer(bytes, type), 1000, 0.1);
  }

  @Test
  void exposedLabelsMayWin() {
    assertThat(samples("honor_labels: true", "a{job=\"own\",x=\"1\"} 1\n"))
        .containsExactly("a{instance=\"host:9100\", job=\"own\", x=\"1\"} 1.0 @1000");
  }

  @Test
  void exposedTimesMayBePassedOver() {
    assertThat(samples("honor_timestamps: false", "a 1 500\n"))
        .containsExactly("a{" + TARGET + "} 1.0 @1000");
  }

  @Test
  void exposedTimesMayEndInMarkersToo() {
    Scrape scrape = ScrapeTest.scrape("track_timestamps_staleness: true");
    ScrapeTest.answered(scrape, 1000, "a 1 900\n");
    assertThat(ScrapeTest.samples(ScrapeTest.answered(scrape, 2000, "").batch()))
        .containsExactly("a{" + TARGET + "} stale @2000");
  }

  /** Limits of labels count those of the target too, as in Prometheus. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "label_limit: 3|a{x=\"1\"} 1"
            + "|label_limit exceeded (metric: a, number of labels: 4, limit: 3)",
        "label_name_length_limit: 8|a{long_name=\"1\"} 1"
            + "|label_name_length_limit exceeded (metric: a, label name: long_name, length: 9,"
            + " limit: 8)",
        "label_value_length_limit: 9|a{x=\"0123456789\"} 1"
            + "|label_value_length_limit exceeded (metric: a, label name: x, value: 0123456789,"
            + " length: 10, limit: 9)",
        "metric_name_validation_scheme: legacy|{\"b.c\"} 1"
            + "|invalid metric name or label names: {\"b.c\"",
      })
  void anAnswerBeyondALimitCountsForNothing(String field, String text, String problem) {
    Outcome outcome = ScrapeTest.answered(ScrapeTest.scrape(field), 1000, "ok 1\n" + text + "\n");
    assertThat(outcome.problem()).startsWith(problem);
    assertThat(ScrapeTest.samples(outcome.batch())).noneMatch(sample -> sample.contains(" 1.0 "));
  }

  @Test
  void contentTypesThatSayNothingNeedAFallback() {
    assertThat(typed("", "", "a 1\n").problem())
        .isEqualTo(
            "non-compliant scrape target sending blank Content-Type and no"
                + " fallback_scrape_protocol specified for target");
    assertThat(typed("fallback_scrape_protocol: PrometheusText0.0.4", "", "a 1\n").isUp()).isTrue();
    assertThat(
            typed("fallback_scrape_protocol: OpenMetricsText1.0.0", "image/png", "a 1\n# EOF\n")
                .isUp())
        .isTrue();
  }

  @Test
  void classicHistogramsMayBeConverted() {
    String text =
        "# TYPE d histogram\nd_bucket{le=\"1\"} 2\nd_bucket{le=\"+Inf\"} 3\nd_sum 4\nd_count 3\n";
    WriteBatch batch =
        typed("convert_classic_histograms_to_nhcb: true", "text/plain", text).batch();
    assertThat(batch.series()[0].labels().toString()).isEqualTo("d{" + TARGET + "}");
    assertThat(Arrays.toString(batch.histograms()))
        .startsWith("[{count:3, sum:4, [-Inf,1]:2, (1,+Inf]:1}");
    assertThat(batch.seriesCount()).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "scrape_protocols: [PrometheusText0.0.4]|text/plain;version=0.0.4;q=0.6,*/*;q=0.5",
        "scrape_protocols: [PrometheusText1.0.0], metric_name_escaping_scheme: dots"
            + "|text/plain;version=1.0.0;escaping=dots;q=0.6,*/*;q=0.5",
        "scrape_protocols: [OpenMetricsText1.0.0], metric_name_validation_scheme: legacy"
            + "|application/openmetrics-text;version=1.0.0;escaping=underscores;q=0.6,*/*;q=0.5",
        "scrape_protocols: [PrometheusProto, PrometheusText0.0.4]"
            + "|application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily"
            + ";encoding=delimited;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.4",
      })
  void jobsSayWhatTheyAccept(String fields, String accept) {
    String yaml = "scrape_configs: [{job_name: j, " + fields + "}]";
    assertThat(Formats.accept(ScrapeConfigs.parse(Path.of("t.yml"), yaml).get(0).request()))
        .isEqualTo(accept);
  }
}
