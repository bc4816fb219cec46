package io.lookout.query.promql.exec;

import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.SampleColumns;
import io.lookout.model.aggregate.Aggregate;
import io.lookout.model.aggregate.BucketColumns;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.ChunkDecoder;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.plan.Selection;
import java.util.ArrayList;
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

  private BucketSeries(List<Parts> series) {
    this.series = series;
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

  static BucketSeries of(Selection selection, List<SeriesChunks> all) {
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
    return new BucketSeries(List.copyOf(byLabels.values()));
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

  private static void read(
      ChunkDecoder decoder, Parts parts, long minTime, long maxTime, SampleColumns out) {
    SampleColumns samples = new SampleColumns();
    ChunkSource.read(decoder, parts.samples(), minTime, maxTime, samples);
    Map<Aggregate, SampleColumns> columns = new EnumMap<>(Aggregate.class);
    SampleColumns last = all(decoder, parts, Aggregate.LAST);
    parts.aggregates().keySet().forEach(each -> columns.put(each, all(decoder, parts, each)));
    columns.computeIfPresent(Aggregate.FIRST, (name, first) -> ofBuckets(first, last));
    for (SampleColumns column : columns.values()) {
      if (column.size != last.size) {
        throw new LookoutException(
            ErrorCode.INTERNAL, "aggregates of " + parts.labels() + " do not belong together");
      }
    }
    merge(samples, last, buckets(columns, last), out);
  }

  /** Whole, since the first sample of a bucket may be before the time that is read. */
  private static SampleColumns all(ChunkDecoder decoder, Parts parts, Aggregate aggregate) {
    SampleColumns column = new SampleColumns();
    List<Chunk> chunks = parts.aggregates().getOrDefault(aggregate, List.of());
    ChunkSource.read(decoder, chunks, Long.MIN_VALUE, Long.MAX_VALUE, column);
    return column;
  }

  /**
   * The first of each bucket, by its last. A deletion that ends inside a bucket takes one of the
   * two, since each has its own time: where the first is gone, the last stands for it.
   */
  private static SampleColumns ofBuckets(SampleColumns first, SampleColumns last) {
    SampleColumns matched = new SampleColumns(last.size);
    int next = 0;
    for (int i = 0; i < last.size; i++) {
      while (next < first.size && first.times[next] <= last.times[i]) {
        next++;
      }
      boolean inside = next > 0 && (i == 0 || first.times[next - 1] > last.times[i - 1]);
      append(inside ? first : last, inside ? next - 1 : i, matched);
    }
    return matched;
  }

  private static BucketColumns buckets(Map<Aggregate, SampleColumns> columns, SampleColumns last) {
    BucketColumns buckets = new BucketColumns(0);
    SampleColumns first = columns.getOrDefault(Aggregate.FIRST, last);
    buckets.counts = columns.getOrDefault(Aggregate.COUNT, last).values;
    buckets.sums = columns.getOrDefault(Aggregate.SUM, last).values;
    buckets.resets = columns.getOrDefault(Aggregate.RESETS, last).values;
    buckets.firsts = first.values;
    buckets.firstTimes = first.times;
    buckets.firstStarts =
        first.startTimes == null ? new long[first.times.length] : first.startTimes;
    return buckets;
  }

  /** Both by time. */
  private static void merge(
      SampleColumns samples, SampleColumns last, BucketColumns buckets, SampleColumns out) {
    BucketColumns merged = new BucketColumns(out.size + samples.size + last.size);
    out.reserve(samples.size + last.size);
    int i = 0;
    int j = 0;
    while (i < samples.size || j < last.size) {
      if (j < last.size && (i == samples.size || last.times[j] < samples.times[i])) {
        merged.copy(buckets, j, out.size);
        append(last, j++, out);
      } else {
        merged.sample(out.size, samples.times[i], samples.values[i], samples.startTimeAt(i));
        append(samples, i++, out);
      }
    }
    out.buckets = merged;
  }

  private static void append(SampleColumns from, int i, SampleColumns to) {
    NativeHistogram histogram = from.histogram(i);
    if (histogram == null) {
      to.add(from.times[i], from.values[i]);
    } else {
      to.add(from.times[i], histogram);
    }
    if (from.startTimeAt(i) != 0) {
      to.startTime(from.startTimeAt(i));
    }
  }
}
