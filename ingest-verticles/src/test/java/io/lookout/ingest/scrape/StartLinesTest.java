package io.lookout.ingest.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.ingest.pipeline.LabelLimits;
import io.lookout.ingest.scrape.config.ScrapeConfigs;
import io.lookout.ingest.scrape.fetch.Fetcher.Answer;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.Labels;
import io.lookout.model.bus.WriteBatch;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of {@code _created} lines of OpenMetrics. */
class StartLinesTest {
  private static final Target TARGET =
      new Target(
          "node",
          URI.create("http://host:9100/metrics"),
          "t",
          Labels.of("job", "node"),
          Labels.EMPTY,
          Duration.ofSeconds(15),
          Duration.ofSeconds(10));

  private static final String ANSWER =
      """
      # TYPE requests counter
      requests_total{code="200"} 17
      requests_created{code="200"} 1.5
      requests_total{code="500"} 3
      requests_created{code="500"} 2.25
      requests_total{code="503"} 4
      # TYPE seconds histogram
      seconds_bucket{path="/",le="1.0"} 2
      seconds_bucket{path="/",le="+Inf"} 3
      seconds_count{path="/"} 3
      seconds_sum{path="/"} 4.5
      seconds_created{path="/"} 7
      # TYPE size summary
      size{quantile="0.5"} 1
      size_count 2
      size_sum 3
      size_created 8
      # TYPE file_created gauge
      file_created 9
      # EOF
      """;

  private static Scrape scrape(boolean startTimes) {
    String yaml = "scrape_configs: [{job_name: node}]";
    return new Scrape(
        TARGET,
        ScrapeConfigs.parse(Path.of("test.yml"), yaml).get(0),
        new LabelLimits(10, 100, 100),
        new StringPool(),
        startTimes,
        1);
  }

  private static WriteBatch answered(Scrape scrape, long time, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String type = "application/openmetrics-text; version=1.0.0";
    Outcome outcome = scrape.answered(new Answer(bytes, type), time, 0.25);
    assertThat(outcome.problem()).isEmpty();
    return outcome.batch();
  }

  /** Metric, value and start of each sample but those of the scrape itself. */
  private static List<String> samples(WriteBatch batch) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < batch.sampleCount(); i++) {
      String metric = batch.series()[batch.seriesOf()[i]].labels().metricName();
      if (!metric.equals("up") && !metric.startsWith("scrape_")) {
        long[] starts = batch.startTimes();
        texts.add(metric + " " + batch.values()[i] + " @" + (starts == null ? 0 : starts[i]));
      }
    }
    return texts;
  }

  @Test
  void theyAreTheStartsOfTheSamplesBefore() {
    Scrape scrape = scrape(true);
    for (int round = 1; round <= 3; round++) {
      assertThat(samples(answered(scrape, round * 10_000L, ANSWER)))
          .containsExactly(
              "requests_total 17.0 @1500",
              "requests_total 3.0 @2250",
              "requests_total 4.0 @0",
              "seconds_bucket 2.0 @7000",
              "seconds_bucket 3.0 @7000",
              "seconds_count 3.0 @7000",
              "seconds_sum 4.5 @7000",
              "size 1.0 @8000",
              "size_count 2.0 @8000",
              "size_sum 3.0 @8000",
              "file_created 9.0 @0");
    }
  }

  @Test
  void theyAreSeriesWhereStartsAreNotWanted() {
    assertThat(samples(answered(scrape(false), 10_000, ANSWER)))
        .hasSize(15)
        .contains("requests_created 2.25 @0", "seconds_created 7.0 @0", "size_created 8.0 @0");
  }

  @Test
  void whatMakesNoSenseIsLeftOut() {
    String answer =
        """
        # TYPE a counter
        a_total{x="1"} 1
        a_created{x="2"} 5
        # TYPE b counter
        b_total 1
        b_created NaN
        # TYPE c counter
        c_created 5
        c_total 1
        # EOF
        """;
    assertThat(samples(answered(scrape(true), 10_000, answer)))
        .containsExactly("a_total 1.0 @0", "b_total 1.0 @0", "c_total 1.0 @0");
  }
}
