package io.lookout.ingest.scrape;

import io.lookout.ingest.exposition.TextParser;
import io.lookout.ingest.pipeline.SeriesStage;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.WriteBatch;

/**
 * One target's scrapes, answer after answer: what becomes of each, without the fetching. Writes
 * what Prometheus writes, {@code up} and the {@code scrape_*} series included. Not thread-safe.
 */
final class Scrape {
  private final Target target;
  private final TargetSeries series;
  private final Families families = new Families();
  private final TextParser text;
  private final SeriesKey up;
  private final SeriesKey duration;
  private final SeriesKey scraped;
  private final SeriesKey kept;
  private final SeriesKey added;
  private int expected = 64;

  Scrape(Target target, SeriesStage stages, StringPool strings, long seed) {
    this.target = target;
    this.series = new TargetSeries(target, stages, seed);
    this.text = new TextParser(strings);
    this.up = own("up");
    this.duration = own("scrape_duration_seconds");
    this.scraped = own("scrape_samples_scraped");
    this.kept = own("scrape_samples_post_metric_relabeling");
    this.added = own("scrape_series_added");
  }

  private SeriesKey own(String name) {
    Labels labels = target.labels().toBuilder().set(Label.METRIC_NAME, name).build();
    return SeriesKey.of(target.tenant(), labels);
  }

  /**
   * The target has answered with {@code body[0..length)}. Where that cannot be read, none of it
   * counts.
   *
   * @param time of the scrape, ms
   * @param seconds it took
   */
  Outcome answered(byte[] body, int length, long time, double seconds) {
    WriteBatch.Builder batch = new WriteBatch.Builder(target.tenant(), expected);
    TargetSeries.Counts counts = new TargetSeries.Counts();
    try {
      series.nextRound();
      read(body, length, time, batch, counts);
      series.markVanished(time, batch);
      families.report(batch);
      report(batch, true, counts, time, seconds);
      expected = batch.sampleCount() + 16;
      return new Outcome(batch.build(), "");
    } catch (LookoutException e) {
      return down(counts, time, seconds, String.valueOf(e.getMessage()));
    }
  }

  private void read(
      byte[] body, int length, long time, WriteBatch.Builder batch, TargetSeries.Counts counts) {
    text.reset(body, 0, length);
    while (true) {
      switch (text.next()) {
        case SAMPLE -> series.sample(text, body, time, batch, counts);
        case HELP -> families.help(text.family(), text.text());
        case TYPE -> families.type(text.family(), text.text());
        case UNIT, HISTOGRAM -> {}
        case END -> {
          return;
        }
      }
    }
  }

  /** The target has not answered, or not with success. */
  Outcome failed(String problem, long time, double seconds) {
    return down(new TargetSeries.Counts(), time, seconds, problem);
  }

  private Outcome down(TargetSeries.Counts counts, long time, double seconds, String problem) {
    WriteBatch.Builder batch = new WriteBatch.Builder(target.tenant(), series.size() + 5);
    series.nextRound();
    series.markVanished(time, batch);
    report(batch, false, counts, time, seconds);
    return new Outcome(batch.build(), problem.isEmpty() ? "failed" : problem);
  }

  private void report(
      WriteBatch.Builder batch,
      boolean isUp,
      TargetSeries.Counts counts,
      long time,
      double seconds) {
    batch.sample(batch.series(up), time, isUp ? 1 : 0);
    batch.sample(batch.series(duration), time, seconds);
    batch.sample(batch.series(scraped), time, counts.scraped);
    batch.sample(batch.series(kept), time, counts.kept);
    batch.sample(batch.series(added), time, counts.added);
  }

  /** The target is not scraped any more: staleness markers for everything. */
  WriteBatch stopped(long time) {
    WriteBatch.Builder batch = new WriteBatch.Builder(target.tenant(), series.size() + 5);
    series.nextRound();
    series.markVanished(time, batch);
    for (SeriesKey own : new SeriesKey[] {up, duration, scraped, kept, added}) {
      batch.sample(batch.series(own), time, SampleColumns.STALE_NAN);
    }
    return batch.build();
  }
}
