package io.lookout.ingest.scrape;

import io.lookout.ingest.exposition.ExpositionParser;
import io.lookout.ingest.pipeline.SeriesStage;
import io.lookout.ingest.scrape.config.JobConfig;
import io.lookout.ingest.scrape.fetch.Fetcher.Answer;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.WriteBatch;
import java.util.List;

/**
 * One target's scrapes, answer after answer: what becomes of each, without the fetching. Writes
 * what Prometheus writes, {@code up} and the {@code scrape_*} series included. Not thread-safe.
 */
final class Scrape {
  private final Target target;
  private final TargetSeries series;
  private final Formats formats;
  private final ScrapeReport report;
  private final Families families = new Families();
  private int expected = 64;

  Scrape(
      Target target,
      JobConfig job,
      SeriesStage stages,
      StringPool strings,
      boolean startTimes,
      long seed) {
    this.target = target;
    this.series = new TargetSeries(target, job, stages, startTimes, seed);
    this.formats = new Formats(job, strings);
    this.report = new ScrapeReport(target, job);
  }

  /** What the target has said of its families, for people. */
  List<MetricMetadata> metadata() {
    return families.told();
  }

  /**
   * The target has answered. Where that cannot be read, none of it counts.
   *
   * @param time of the scrape, ms
   * @param seconds it took
   */
  Outcome answered(Answer answer, long time, double seconds) {
    WriteBatch.Builder batch = new WriteBatch.Builder(target.tenant(), expected);
    TargetSeries.Counts counts = new TargetSeries.Counts();
    int size = answer.body().length;
    try {
      ExpositionParser parser = formats.parser(answer.contentType());
      series.nextRound();
      read(parser, answer.body(), time, batch, counts);
      if (series.exceedsLimit(counts)) {
        throw new LookoutException(ErrorCode.BAD_DATA, "sample limit exceeded");
      }
      series.markVanished(time, batch);
      families.report(batch);
      report.write(batch, true, counts, time, seconds, size);
      expected = batch.sampleCount() + 16;
      return new Outcome(batch.build(), "");
    } catch (LookoutException e) {
      return down(counts, time, seconds, String.valueOf(e.getMessage()), size);
    }
  }

  private void read(
      ExpositionParser parser,
      byte[] body,
      long time,
      WriteBatch.Builder batch,
      TargetSeries.Counts counts) {
    parser.reset(body, 0, body.length);
    while (true) {
      switch (parser.next()) {
        case SAMPLE -> series.sample(parser, false, time, batch, counts);
        case HISTOGRAM -> series.sample(parser, true, time, batch, counts);
        case HELP -> families.help(parser.family(), parser.text());
        case TYPE -> {
          families.type(parser.family(), parser.text());
          if (formats.hasStartLines(parser)) {
            series.family(parser.family(), parser.text());
          }
        }
        case UNIT -> families.unit(parser.family(), parser.text());
        case END -> {
          return;
        }
      }
    }
  }

  /** The target has not answered, or not with success. */
  Outcome failed(String problem, long time, double seconds) {
    return down(new TargetSeries.Counts(), time, seconds, problem, 0);
  }

  private Outcome down(
      TargetSeries.Counts counts, long time, double seconds, String problem, int size) {
    WriteBatch.Builder batch = new WriteBatch.Builder(target.tenant(), series.size() + 8);
    series.nextRound();
    series.markVanished(time, batch);
    families.forget();
    report.write(batch, false, counts, time, seconds, size);
    return new Outcome(batch.build(), problem.isEmpty() ? "failed" : problem);
  }

  /** The target is not scraped any more: staleness markers for everything. */
  WriteBatch stopped(long time) {
    WriteBatch.Builder batch = new WriteBatch.Builder(target.tenant(), series.size() + 8);
    series.nextRound();
    series.markVanished(time, batch);
    report.markGone(batch, time);
    return batch.build();
  }
}
