package io.lookout.storage.downsample;

import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.StartTimes;
import io.lookout.model.aggregate.Aggregate;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.model.histogram.KahanSum;
import io.lookout.model.histogram.NativeHistogram;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The aggregates of the floats of one series, bucket by bucket; its native histograms as they are.
 * Samples come in the order of time. Not thread-safe.
 *
 * <pre>
 *            bucket                      bucket
 *   ────(─────●────●────●────●──]────(────●────●───×─────]────
 *          FIRST  (reset)  LAST         FIRST LAST STALE
 * </pre>
 */
final class SeriesAggregates {
  private final long resolution;
  private final Map<Aggregate, SampleColumns> columns = new EnumMap<>(Aggregate.class);
  private final SampleColumns histograms = new SampleColumns(16);

  // The bucket that is open.
  private long bucket;
  private long staleTime;
  private boolean stale;
  private int count;
  private double min;
  private double max;
  private double sum;
  private double compensation;
  private double resets;
  private double last;
  private long lastTime;
  private long lastStart;

  /**
   * @param resolution how long a bucket is, ms
   */
  SeriesAggregates(long resolution) {
    this.resolution = resolution;
    for (Aggregate aggregate : Aggregate.values()) {
      columns.put(aggregate, new SampleColumns(16));
    }
  }

  /** Adds all samples of the series that there are. */
  void add(SampleColumns samples) {
    for (int i = 0; i < samples.size; i++) {
      NativeHistogram histogram = samples.histogram(i);
      if (histogram != null) {
        ChunkMerge.append(samples, i, histograms);
        continue;
      }
      long of = bucketOf(samples.times[i]);
      if (of != bucket) {
        endBucket();
        bucket = of;
      }
      if (SampleColumns.isStale(samples.values[i])) {
        stale = true;
        staleTime = samples.times[i];
      } else {
        addFloat(samples.times[i], samples.values[i], samples.startTimeAt(i));
      }
    }
    endBucket();
  }

  /** Buckets are open at their start and closed at their end, as the windows of PromQL are. */
  private long bucketOf(long time) {
    long floor = Math.floorDiv(time, resolution);
    return floor * resolution == time ? floor - 1 : floor;
  }

  private void addFloat(long time, double value, long start) {
    stale = false;
    if (count == 0) {
      append(Aggregate.FIRST, time, value, start);
      min = value;
      max = value;
      sum = 0;
      compensation = 0;
      resets = 0;
    } else {
      min = value < min || Double.isNaN(min) ? value : min;
      max = value > max || Double.isNaN(max) ? value : max;
      if (value < last || StartTimes.isReset(lastStart, lastTime, start, time)) {
        resets += last;
      }
    }
    compensation = KahanSum.compensation(sum, value, compensation);
    sum += value;
    count++;
    last = value;
    lastTime = time;
    lastStart = start;
  }

  private void endBucket() {
    if (count > 0) {
      append(Aggregate.MIN, lastTime, min, 0);
      append(Aggregate.MAX, lastTime, max, 0);
      append(Aggregate.SUM, lastTime, Double.isInfinite(sum) ? sum : sum + compensation, 0);
      append(Aggregate.COUNT, lastTime, count, 0);
      append(Aggregate.LAST, lastTime, last, lastStart);
      append(Aggregate.RESETS, lastTime, resets, 0);
    }
    if (stale) {
      append(Aggregate.STALE, staleTime, SampleColumns.STALE_NAN, 0);
    }
    count = 0;
    stale = false;
  }

  private void append(Aggregate aggregate, long time, double value, long start) {
    SampleColumns column = columns.getOrDefault(aggregate, histograms);
    column.add(time, value);
    if (start != 0) {
      column.startTime(start);
    } else if (column.startTimes != null) {
      column.startTimes[column.size - 1] = 0;
    }
  }

  /** As series, those without samples left out; nothing is left after it. */
  List<SeriesChunks> take(String tenant, SeriesKey key, ChunkMerge chunks) {
    List<SeriesChunks> series = new ArrayList<>();
    if (histograms.size > 0) {
      series.add(new SeriesChunks(key, encoded(histograms, chunks)));
    }
    columns.forEach((aggregate, column) -> {
      if (column.size > 0) {
        SeriesKey labelled =
            SeriesKey.of(
                tenant, key.labels().toBuilder().set(Aggregate.LABEL, aggregate.text()).build());
        series.add(new SeriesChunks(labelled, encoded(column, chunks)));
      }
    });
    return series;
  }

  private static List<Chunk> encoded(SampleColumns column, ChunkMerge chunks) {
    List<Chunk> encoded = chunks.encode(column, 0, column.size, Chunk.MAX_COUNT);
    column.clear();
    return encoded;
  }
}
