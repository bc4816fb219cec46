package io.lookout.ingest.scrape;

import io.lookout.ingest.scrape.config.JobConfig;
import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.WriteBatch;
import java.util.List;

/** The series that say how a scrape went. */
final class ScrapeReport {
  private static final List<String> NAMES =
      List.of(
          "up",
          "scrape_duration_seconds",
          "scrape_samples_scraped",
          "scrape_samples_post_metric_relabeling",
          "scrape_series_added");
  private static final List<String> EXTRA =
      List.of("scrape_timeout_seconds", "scrape_sample_limit", "scrape_body_size_bytes");

  private final Target target;
  private final int sampleLimit;
  private final boolean extra;
  private final SeriesKey[] series;

  ScrapeReport(Target target, JobConfig job) {
    this.target = target;
    this.sampleLimit = job.limits().samples();
    this.extra = job.samples().extraMetrics();
    this.series = new SeriesKey[NAMES.size() + (extra ? EXTRA.size() : 0)];
    for (int i = 0; i < series.length; i++) {
      String name = i < NAMES.size() ? NAMES.get(i) : EXTRA.get(i - NAMES.size());
      Labels labels = target.labels().toBuilder().set(Label.METRIC_NAME, name).build();
      series[i] = SeriesKey.of(target.tenant(), labels);
    }
  }

  void write(
      WriteBatch.Builder batch,
      boolean isUp,
      TargetSeries.Counts counts,
      long time,
      double seconds,
      int bytes) {
    add(batch, 0, time, isUp ? 1 : 0);
    add(batch, 1, time, seconds);
    add(batch, 2, time, counts.scraped);
    add(batch, 3, time, counts.kept);
    add(batch, 4, time, counts.added);
    if (extra) {
      add(batch, 5, time, target.timeout().toMillis() / 1000.0);
      add(batch, 6, time, sampleLimit);
      add(batch, 7, time, bytes);
    }
  }

  /** Nothing will be said any more. */
  void markGone(WriteBatch.Builder batch, long time) {
    for (int i = 0; i < series.length; i++) {
      add(batch, i, time, SampleColumns.STALE_NAN);
    }
  }

  private void add(WriteBatch.Builder batch, int i, long time, double value) {
    batch.sample(batch.series(series[i]), time, value);
  }
}
