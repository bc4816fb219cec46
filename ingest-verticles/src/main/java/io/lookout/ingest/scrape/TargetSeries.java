package io.lookout.ingest.scrape;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import io.lookout.ingest.exposition.TextParser;
import io.lookout.ingest.pipeline.SeriesStage;
import io.lookout.ingest.pipeline.Verdict;
import io.lookout.ingest.series.LabelPairs;
import io.lookout.model.ErrorCode;
import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.WriteBatch;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The series that a target exposed last, by the raw bytes it wrote them with. Makes samples of the
 * next answer, and staleness markers for what is not in it any more. Not thread-safe.
 */
final class TargetSeries {
  private final Target target;
  private final SeriesStage stages;
  private final Hasher128 hasher;
  private final LabelPairs pairs = new LabelPairs();
  private final Map<RawHash, Known> known = new HashMap<>();
  private long round;

  private record RawHash(long high, long low) {}

  private static final class Known {
    final @Nullable SeriesKey series;
    long lastRound;
    boolean timed;

    Known(@Nullable SeriesKey series) {
      this.series = series;
    }
  }

  /** What was counted while an answer was read. */
  static final class Counts {
    int scraped;
    int kept;
    int added;
  }

  TargetSeries(Target target, SeriesStage stages, long seed) {
    this.target = target;
    this.stages = stages;
    this.hasher = Hashing.xxh3_128(seed);
  }

  /** Begins with the next answer. */
  void nextRound() {
    round++;
  }

  /**
   * Adds the sample that the parser has just read. A series that is there twice counts once.
   *
   * @throws LookoutException where its labels are not acceptable
   */
  void sample(
      TextParser text, byte[] bytes, long scrapeTime, WriteBatch.Builder to, Counts counts) {
    counts.scraped++;
    int from = text.seriesFrom();
    HashValue128 hash = hasher.hashBytesTo128Bits(bytes, from, text.seriesTo() - from);
    RawHash key = new RawHash(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
    Known entry = known.get(key);
    if (entry == null) {
      entry = new Known(newSeries(text));
      known.put(key, entry);
      counts.added += entry.series == null ? 0 : 1;
    }
    boolean again = entry.lastRound == round && !text.isTimed();
    entry.lastRound = round;
    entry.timed = text.isTimed();
    if (entry.series != null && !again) {
      counts.kept++;
      to.sample(to.series(entry.series), text.isTimed() ? text.time() : scrapeTime, text.value());
    }
  }

  private @Nullable SeriesKey newSeries(TextParser text) {
    pairs.clear();
    text.labels(pairs);
    String problem = pairs.problem();
    if (problem != null) {
      throw new LookoutException(ErrorCode.BAD_DATA, problem);
    }
    return switch (stages.judge(target.tenant(), withTargetLabels(pairs.build()))) {
      case Verdict.Keep(var labels) -> SeriesKey.of(target.tenant(), labels);
      case Verdict.Drop() -> null;
      case Verdict.Refuse(var reason, var message) ->
          throw new LookoutException(ErrorCode.BAD_DATA, message);
    };
  }

  /** The target's labels win; what the target itself says under such a name is moved aside. */
  private Labels withTargetLabels(Labels exposed) {
    Labels.Builder labels = exposed.toBuilder();
    for (Label own : target.labels()) {
      String said = exposed.get(own.name());
      if (said != null) {
        String aside = "exported_" + own.name();
        while (labels.get(aside) != null) {
          aside = "exported_" + aside;
        }
        labels.set(aside, said);
      }
      labels.set(own.name(), own.value());
    }
    return labels.build();
  }

  /**
   * Ends the round: what was not in it gets a staleness marker and is forgotten. Samples with times
   * of their own get none: nobody knows when the next is due.
   */
  void markVanished(long time, WriteBatch.Builder to) {
    for (Iterator<Known> all = known.values().iterator(); all.hasNext(); ) {
      Known entry = all.next();
      if (entry.lastRound != round) {
        all.remove();
        if (entry.series != null && !entry.timed) {
          to.sample(to.series(entry.series), time, SampleColumns.STALE_NAN);
        }
      }
    }
  }

  int size() {
    return known.size();
  }
}
