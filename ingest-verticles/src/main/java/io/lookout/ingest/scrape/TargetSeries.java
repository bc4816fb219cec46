package io.lookout.ingest.scrape;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import io.lookout.ingest.exposition.ExpositionParser;
import io.lookout.ingest.pipeline.SeriesStage;
import io.lookout.ingest.scrape.config.JobConfig;
import io.lookout.ingest.scrape.config.ScrapeLimits;
import io.lookout.ingest.series.LabelPairs;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.WriteBatch;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The series that a target exposed last, by the raw bytes it wrote them with. Makes samples of the
 * next answer, and staleness markers for what is not in it any more. Not thread-safe.
 */
final class TargetSeries {
  private final JobConfig.Samples options;
  private final ScrapeLimits limits;
  private final ExposedLabels labels;
  private final HistogramLimit histograms;
  private final boolean startTimes;
  private final StartLines startLines = new StartLines();
  private final Hasher128 hasher;
  private final LabelPairs pairs = new LabelPairs();
  private final Map<RawHash, Known> known = new HashMap<>();
  private long round;

  private record RawHash(long high, long low) {}

  private static final class Known {
    final @Nullable SeriesKey series;
    final long identity;
    final boolean startLine;
    long lastRound;
    boolean marked;
    List<Exemplar> exemplars = List.of();

    Known(@Nullable SeriesKey series, long identity, boolean startLine) {
      this.series = series;
      this.identity = identity;
      this.startLine = startLine;
    }
  }

  /** What was counted while an answer was read. */
  static final class Counts {
    int scraped;
    int kept;
    int added;
  }

  TargetSeries(Target target, JobConfig job, SeriesStage stages, boolean startTimes, long seed) {
    this.options = job.samples();
    this.limits = job.limits();
    this.labels = new ExposedLabels(target, job, stages);
    this.histograms = new HistogramLimit(limits.histogramBuckets(), limits.histogramFactor());
    this.startTimes = startTimes;
    this.hasher = Hashing.xxh3_128(seed);
  }

  /** Begins with the next answer. */
  void nextRound() {
    round++;
    startLines.clear();
  }

  /** What OpenMetrics says of the family that follows. */
  void family(String family, String type) {
    if (startTimes) {
      startLines.family(family, type);
    }
  }

  /**
   * Adds the sample that the parser has just read. A series that is there twice counts once.
   *
   * @throws LookoutException where its labels are not acceptable
   */
  void sample(
      ExpositionParser parser,
      boolean histogram,
      long scrapeTime,
      WriteBatch.Builder to,
      Counts counts) {
    Known entry = entry(parser, counts);
    if (entry.startLine) {
      entry.lastRound = round;
      startLines.line(entry.identity, parser.value(), to);
      return;
    }
    startLines.sample(entry.identity, to);
    counts.scraped++;
    boolean timed = parser.isTimed() && options.honorTimestamps();
    boolean again = entry.lastRound == round && !timed;
    entry.lastRound = round;
    entry.marked = !timed || options.trackTimestampsStaleness();
    if (entry.series == null) {
      return;
    }
    counts.kept++;
    if (limits.samples() > 0 && counts.kept > limits.samples()) {
      return;
    }
    if (!again) {
      add(parser, entry, histogram, timed ? parser.time() : scrapeTime, to);
    }
  }

  /** Whether more samples were kept than the job allows: the answer then counts for nothing. */
  boolean exceedsLimit(Counts counts) {
    return limits.samples() > 0 && counts.kept > limits.samples();
  }

  private Known entry(ExpositionParser parser, Counts counts) {
    int from = parser.seriesFrom();
    HashValue128 hash =
        hasher.hashBytesTo128Bits(parser.seriesBytes(), from, parser.seriesTo() - from);
    RawHash key = new RawHash(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
    Known entry = known.get(key);
    if (entry == null) {
      pairs.clear();
      parser.labels(pairs);
      entry = newEntry();
      known.put(key, entry);
      counts.added += entry.series == null ? 0 : 1;
    }
    return entry;
  }

  private Known newEntry() {
    long identity = startTimes ? startLines.identity(pairs) : 0;
    return startTimes && startLines.isOne(pairs)
        ? new Known(null, identity, true)
        : new Known(labels.series(pairs), identity, false);
  }

  private void add(
      ExpositionParser parser, Known entry, boolean histogram, long time, WriteBatch.Builder to) {
    SeriesKey series = entry.series;
    if (series == null) {
      throw new LookoutException(ErrorCode.INTERNAL, "a sample without a series");
    }
    int index = to.series(series);
    if (histogram) {
      to.sample(index, time, histograms.apply(parser.histogram()));
    } else {
      to.sample(index, time, parser.value());
    }
    if (startTimes && parser.startTime() != 0) {
      to.startTime(parser.startTime());
    }
    List<Exemplar> exemplars = parser.exemplars();
    if (!exemplars.isEmpty() && !exemplars.equals(entry.exemplars)) {
      entry.exemplars = exemplars;
      for (Exemplar each : exemplars) {
        to.exemplar(index, timed(each, time));
      }
    }
  }

  private static Exemplar timed(Exemplar exemplar, long time) {
    return exemplar.time() == Long.MIN_VALUE
        ? new Exemplar(exemplar.labels(), exemplar.value(), time)
        : exemplar;
  }

  /**
   * Ends the round: what was not in it gets a staleness marker and is forgotten. Samples with times
   * of their own get none, unless the job says so: nobody knows when the next is due.
   */
  void markVanished(long time, WriteBatch.Builder to) {
    Set<SeriesKey> vanished = new HashSet<>();
    for (Iterator<Known> all = known.values().iterator(); all.hasNext(); ) {
      Known entry = all.next();
      if (entry.lastRound != round) {
        all.remove();
        if (entry.series != null && entry.marked) {
          vanished.add(entry.series);
        }
      }
    }
    if (!vanished.isEmpty()) {
      // Rules may have made one series of two; it has not gone while one of them is there.
      known.values().forEach(entry -> vanished.remove(entry.series));
      vanished.forEach(series -> to.sample(to.series(series), time, SampleColumns.STALE_NAN));
    }
  }

  int size() {
    return known.size();
  }
}
