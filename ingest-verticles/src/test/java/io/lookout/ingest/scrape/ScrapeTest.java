package io.lookout.ingest.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.ingest.pipeline.LabelLimits;
import io.lookout.ingest.scrape.config.JobConfig;
import io.lookout.ingest.scrape.config.ScrapeConfigs;
import io.lookout.ingest.scrape.fetch.Fetcher.Answer;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.WriteBatch;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScrapeTest {
  private static final Target TARGET =
      new Target(
          "node",
          URI.create("http://host:9100/metrics"),
          "t",
          Labels.of("job", "node", "instance", "host:9100"),
          Labels.EMPTY,
          Duration.ofSeconds(15),
          Duration.ofSeconds(10));

  private final Scrape scrape = scrape("");

  /** A scrape of a job with these fields. */
  static Scrape scrape(String fields) {
    String yaml = "scrape_configs: [{job_name: node, " + fields + "}]";
    JobConfig job = ScrapeConfigs.parse(Path.of("test.yml"), yaml).get(0);
    return new Scrape(TARGET, job, new LabelLimits(10, 100, 100), new StringPool(), false, 1);
  }

  private Outcome answered(long time, String text) {
    return answered(scrape, time, text);
  }

  static Outcome answered(Scrape scrape, long time, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return scrape.answered(new Answer(bytes, "text/plain; version=0.0.4"), time, 0.25);
  }

  /** Samples as text, those of the scrape itself left out. */
  static List<String> samples(WriteBatch batch) {
    return texts(batch).stream().filter(text -> !isOwn(text)).toList();
  }

  private static List<String> own(WriteBatch batch) {
    return texts(batch).stream().filter(ScrapeTest::isOwn).toList();
  }

  private static boolean isOwn(String text) {
    return text.startsWith("up{") || text.startsWith("scrape_");
  }

  private static List<String> texts(WriteBatch batch) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < batch.sampleCount(); i++) {
      double value = batch.values()[i];
      String shown = SampleColumns.isStale(value) ? "stale" : Double.toString(value);
      Labels labels = batch.series()[batch.seriesOf()[i]].labels();
      texts.add(labels + " " + shown + " @" + batch.times()[i]);
    }
    return texts;
  }

  @Test
  void givesEverySeriesTheLabelsOfItsTarget() {
    Outcome outcome = answered(1000, "a{x=\"1\"} 1\nb 2 500\n");

    assertThat(outcome.isUp()).isTrue();
    assertThat(samples(outcome.batch()))
        .containsExactly(
            "a{instance=\"host:9100\", job=\"node\", x=\"1\"} 1.0 @1000",
            "b{instance=\"host:9100\", job=\"node\"} 2.0 @500");
  }

  @Test
  void movesLabelsAsideThatTheTargetHasItself() {
    Outcome outcome = answered(1000, "a{job=\"own\",exported_job=\"x\"} 1\n");

    assertThat(samples(outcome.batch()))
        .containsExactly(
            "a{exported_exported_job=\"own\", exported_job=\"x\","
                + " instance=\"host:9100\", job=\"node\"} 1.0 @1000");
  }

  @Test
  void reportsOnTheScrapeItself() {
    answered(1000, "a 1\nb 2\n");
    Outcome outcome = answered(2000, "a 1\nb 2\nc 3\n");

    String labels = "{instance=\"host:9100\", job=\"node\"} ";
    assertThat(own(outcome.batch()))
        .containsExactly(
            "up" + labels + "1.0 @2000",
            "scrape_duration_seconds" + labels + "0.25 @2000",
            "scrape_samples_scraped" + labels + "3.0 @2000",
            "scrape_samples_post_metric_relabeling" + labels + "3.0 @2000",
            "scrape_series_added" + labels + "1.0 @2000");
  }

  @Test
  void marksSeriesStaleThatVanish() {
    answered(1000, "a 1\nb 2\ntimed 3 900\n");
    Outcome second = answered(2000, "a 1\n");
    Outcome third = answered(3000, "a 1\n");

    assertThat(samples(second.batch()))
        .containsExactly(
            "a{instance=\"host:9100\", job=\"node\"} 1.0 @2000",
            "b{instance=\"host:9100\", job=\"node\"} stale @2000");
    assertThat(samples(third.batch())).hasSize(1);
  }

  @Test
  void marksEverythingStaleWhenTheTargetFails() {
    answered(1000, "a 1\n");
    Outcome outcome = scrape.failed("connection refused", 2000, 0.5);

    assertThat(outcome.isUp()).isFalse();
    assertThat(samples(outcome.batch()))
        .containsExactly("a{instance=\"host:9100\", job=\"node\"} stale @2000");
    assertThat(own(outcome.batch()).get(0))
        .isEqualTo("up{instance=\"host:9100\", job=\"node\"} 0.0 @2000");
  }

  @Test
  void takesNothingOfAnAnswerThatItCannotRead() {
    answered(1000, "a 1\n");
    Outcome outcome = answered(2000, "a 1\nb 2\nnonsense\n");

    assertThat(outcome.problem()).isEqualTo("line 3: value expected");
    assertThat(samples(outcome.batch()))
        .containsExactlyInAnyOrder(
            "a{instance=\"host:9100\", job=\"node\"} stale @2000",
            "b{instance=\"host:9100\", job=\"node\"} stale @2000");
    assertThat(own(outcome.batch()).get(0)).contains(" 0.0 @2000");
  }

  @Test
  void refusesAnswersWithUnacceptableLabels() {
    assertThat(answered(1000, "a{x=\"1\",x=\"2\"} 1\n").problem())
        .contains("duplicate label \"x\"");
    assertThat(answered(1000, "a{x=\"" + "y".repeat(200) + "\"} 1\n").problem())
        .contains("has a value of 200 characters, ingest.labels.value.length is 100");
  }

  @Test
  void countsASeriesOnceThatIsThereTwice() {
    assertThat(samples(answered(1000, "a 1\na 2\n").batch()))
        .containsExactly("a{instance=\"host:9100\", job=\"node\"} 1.0 @1000");
  }

  @Test
  void leavesMarkersForEverythingWhenItStops() {
    answered(1000, "a 1\n");

    assertThat(texts(scrape.stopped(2000)))
        .hasSize(6)
        .allMatch(text -> text.endsWith("stale @2000"));
  }

  @Test
  void tellsOfFamiliesWhenTheyAreNewOrChanged() {
    String text = "# HELP a Of a.\n# TYPE a untyped\na 1\n# TYPE b counter\nb 1\n";
    assertThat(answered(1000, text).batch().metadata())
        .containsExactly(
            new MetricMetadata("a", "unknown", "Of a.", ""),
            new MetricMetadata("b", "counter", "", ""));
    assertThat(answered(2000, text).batch().metadata()).isEmpty();
    assertThat(answered(3000, text.replace("Of a", "On a")).batch().metadata())
        .containsExactly(new MetricMetadata("a", "unknown", "On a.", ""));
  }
}
