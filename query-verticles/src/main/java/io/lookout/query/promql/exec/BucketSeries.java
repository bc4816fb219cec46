package io.lookout.query.promql.exec;

import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.SampleColumns;
import io.lookout.model.aggregate.Aggregate;
import io.lookout.model.aggregate.BucketColumns;
import io.lookout.model.aggregate.TimePart;
import io.lookout.model.aggregate.Wanted;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.ChunkDecoder;
import io.lookout.query.promql.plan.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Series of which several aggregates are read together, beside samples of other times. What is read
 * has the last float of each bucket, and with it {@link SampleColumns#buckets}.
 */
final class BucketSeries implements SeriesSet {
  /** A series: what is kept of it as it is, and its aggregates, which have the same buckets. */
  private record Parts(Labels labels, List<Chunk> samples, Map<Aggregate, List<Chunk>> aggregates) {
    Parts(Labels labels) {
      this(labels, new ArrayList<>(), new EnumMap<>(Aggregate.class));
    }
  }

  private final List<Parts> series;
  private final Wanted wanted;
  private final List<TimePart> resolutions;

  private BucketSeries(List<Parts> series, Wanted wanted, List<TimePart> resolutions) {
    this.series = series;
    this.wanted = wanted;
    this.resolutions = resolutions;
  }

  static boolean anyIn(Selection selection, List<SeriesChunks> series) {
    if (selection.wanted().isCombined()) {
      for (SeriesChunks each : series) {
        if (!each.key().labels().valueOf(Aggregate.LABEL).isEmpty()) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * @param resolutions of which times
   */
  static BucketSeries of(Selection selection, List<SeriesChunks> all, List<TimePart> resolutions) {
    Map<Labels, Parts> byLabels = new TreeMap<>(Labels.ORDER);
    for (SeriesChunks each : all) {
      Labels labels = each.key().labels();
      String aggregate = labels.valueOf(Aggregate.LABEL);
      if (aggregate.isEmpty()) {
        byLabels.computeIfAbsent(labels, Parts::new).samples().addAll(each.chunks());
        continue;
      }
      Labels plain = labels.toBuilder().set(Aggregate.LABEL, "").build();
      for (Aggregate known : selection.wanted().aggregates()) {
        if (known.text().equals(aggregate)) {
          byLabels
              .computeIfAbsent(plain, Parts::new)
              .aggregates()
              .computeIfAbsent(known, name -> new ArrayList<>())
              .addAll(each.chunks());
        }
      }
    }
    List<TimePart> ascending =
        resolutions.stream().sorted(Comparator.comparingLong(TimePart::maxTime)).toList();
    return new BucketSeries(List.copyOf(byLabels.values()), selection.wanted(), ascending);
  }

  @Override
  public int size() {
    return series.size();
  }

  @Override
  public Labels labels(int i) {
    return series.get(i).labels();
  }

  @Override
  public Reader reader() {
    ChunkDecoder decoder = new ChunkDecoder();
    return (i, minTime, maxTime, out) -> read(decoder, series.get(i), minTime, maxTime, out);
  }

  private void read(ChunkDecoder decoder, Parts of, long minTime, long maxTime, SampleColumns out) {
    SampleColumns samples = new SampleColumns();
    ChunkSource.read(decoder, of.samples(), minTime, maxTime, samples);
    Aggregate alone = wanted.aggregates().getFirst();
    // The least of a bucket is the least of what all sources tell of it.
    SampleColumns buckets =
        wanted.aggregates().size() == 1
            ? SampleOrder.byTime(all(decoder, of, alone))
            : union(decoder, of);
    merge(samples, buckets, out);
  }

  /**
   * Whole, since the first sample of a bucket may be before the time that is read, and of each
   * source as it is.
   */
  private static SampleColumns all(ChunkDecoder decoder, Parts of, Aggregate aggregate) {
    SampleColumns column = new SampleColumns();
    for (Chunk chunk : of.aggregates().getOrDefault(aggregate, List.of())) {
      decoder.decode(chunk, Long.MIN_VALUE, Long.MAX_VALUE, column);
    }
    return column;
  }

  private SampleColumns union(ChunkDecoder decoder, Parts of) {
    SampleColumns last = all(decoder, of, Aggregate.LAST);
    BucketColumns told = new BucketColumns(0);
    told.counts = beside(last, decoder, of, Aggregate.COUNT);
    told.sums = beside(last, decoder, of, Aggregate.SUM);
    told.resets = beside(last, decoder, of, Aggregate.RESETS);
    told.firsts = last.values;
    told.firstTimes = last.times;
    told.firstStarts = new long[last.size];
    SampleColumns first = SampleOrder.byTime(all(decoder, of, Aggregate.FIRST));
    return BucketUnion.of(last, first, told, resolutions);
  }

  /** Values of an aggregate that has the times of the last samples, where it is wanted. */
  private double[] beside(SampleColumns last, ChunkDecoder decoder, Parts of, Aggregate aggregate) {
    if (!wanted.aggregates().contains(aggregate)) {
      return new double[last.size];
    }
    SampleColumns column = all(decoder, of, aggregate);
    if (!Arrays.equals(column.times, 0, column.size, last.times, 0, last.size)) {
      throw new LookoutException(
          ErrorCode.INTERNAL, "aggregates of " + of.labels() + " do not belong together");
    }
    return column.values;
  }

  /** Both by time. */
  private static void merge(SampleColumns samples, SampleColumns last, SampleColumns out) {
    BucketColumns merged = new BucketColumns(out.size + samples.size + last.size);
    BucketColumns buckets = last.buckets;
    out.reserve(samples.size + last.size);
    int i = 0;
    int j = 0;
    while (i < samples.size || j < last.size) {
      boolean bucket = j < last.size && (i == samples.size || last.times[j] < samples.times[i]);
      SampleColumns from = bucket ? last : samples;
      int next = bucket ? j++ : i++;
      if (bucket && buckets != null) {
        merged.copy(buckets, next, out.size);
      } else {
        merged.sample(out.size, from.times[next], from.values[next], from.startTimeAt(next));
      }
      SampleOrder.copy(from, next, out);
    }
    out.buckets = merged;
  }
}
