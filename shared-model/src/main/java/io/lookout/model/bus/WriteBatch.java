package io.lookout.model.bus;

import io.lookout.model.SeriesKey;
import io.lookout.model.histogram.NativeHistogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Samples of one tenant on their way to a shard: a table of series, and columns with one entry a
 * sample.
 *
 * <p>Made by a {@link Builder} and not changed after it is sent. Arrays may be longer than what
 * counts: {@code series[0..seriesCount)} and the columns' {@code [0..sampleCount)}. {@code
 * seriesOf[i]} is the index of the sample's series in the table; {@code histograms[i]}, where not
 * null, is the sample instead of {@code values[i]}.
 */
public final class WriteBatch {
  private final String tenant;
  private final SeriesKey[] series;
  private final int seriesCount;
  private final int[] seriesOf;
  private final long[] times;
  private final double[] values;
  private final @Nullable NativeHistogram @Nullable [] histograms;
  private final long @Nullable [] startTimes;
  private final int sampleCount;
  private final List<SeriesExemplar> exemplars;
  private final List<MetricMetadata> metadata;

  private WriteBatch(Builder b) {
    tenant = b.tenant;
    series = b.series;
    seriesCount = b.seriesCount;
    seriesOf = b.seriesOf;
    times = b.times;
    values = b.values;
    histograms = b.histograms;
    startTimes = b.startTimes;
    sampleCount = b.sampleCount;
    exemplars = List.copyOf(b.exemplars);
    metadata = List.copyOf(b.metadata);
  }

  /** An exemplar and the index of its series in the table. */
  public record SeriesExemplar(int series, Exemplar exemplar) {}

  public String tenant() {
    return tenant;
  }

  public SeriesKey[] series() {
    return series;
  }

  public int seriesCount() {
    return seriesCount;
  }

  public int[] seriesOf() {
    return seriesOf;
  }

  public long[] times() {
    return times;
  }

  public double[] values() {
    return values;
  }

  public @Nullable NativeHistogram @Nullable [] histograms() {
    return histograms;
  }

  /** Start timestamps, ms, 0 where unknown; null where no sample has one. */
  public long @Nullable [] startTimes() {
    return startTimes;
  }

  public int sampleCount() {
    return sampleCount;
  }

  /** How many of the samples are native histograms. */
  public int histogramCount() {
    int count = 0;
    @Nullable NativeHistogram[] column = histograms;
    if (column != null) {
      for (int i = 0; i < sampleCount; i++) {
        count += column[i] == null ? 0 : 1;
      }
    }
    return count;
  }

  public List<SeriesExemplar> exemplars() {
    return exemplars;
  }

  public List<MetricMetadata> metadata() {
    return metadata;
  }

  public boolean isEmpty() {
    return sampleCount == 0 && exemplars.isEmpty() && metadata.isEmpty();
  }

  /** Roughly what the batch holds in memory and on the wire: what in-flight limits count. */
  public long estimatedBytes() {
    return 64L
        + 40L * seriesCount
        + 20L * sampleCount
        + 100L * (exemplars.size() + metadata.size());
  }

  /** Fills the columns. Used once. */
  public static final class Builder {
    private final String tenant;
    private SeriesKey[] series;
    private int seriesCount;
    private int[] seriesOf;
    private long[] times;
    private double[] values;
    private @Nullable NativeHistogram @Nullable [] histograms;
    private long @Nullable [] startTimes;
    private int sampleCount;
    private final List<SeriesExemplar> exemplars = new ArrayList<>();
    private final List<MetricMetadata> metadata = new ArrayList<>();

    /** A batch of about so many samples. */
    public Builder(String tenant, int expectedSamples) {
      this.tenant = tenant;
      int capacity = Math.max(expectedSamples, 8);
      series = new SeriesKey[capacity];
      seriesOf = new int[capacity];
      times = new long[capacity];
      values = new double[capacity];
    }

    /** Appends to the table of series and returns the index. */
    public int series(SeriesKey key) {
      if (seriesCount == series.length) {
        series = Arrays.copyOf(series, seriesCount * 2);
      }
      series[seriesCount] = key;
      return seriesCount++;
    }

    public void sample(int seriesIndex, long time, double value) {
      if (sampleCount == times.length) {
        grow();
      }
      seriesOf[sampleCount] = seriesIndex;
      times[sampleCount] = time;
      values[sampleCount] = value;
      sampleCount++;
    }

    public void sample(int seriesIndex, long time, NativeHistogram histogram) {
      sample(seriesIndex, time, histogram.sum());
      @Nullable NativeHistogram[] column = histograms;
      if (column == null) {
        column = new NativeHistogram[times.length];
        histograms = column;
      }
      column[sampleCount - 1] = histogram;
    }

    /** Adds sample {@code i} of another batch, with its start timestamp. */
    public void sample(int seriesIndex, WriteBatch from, int i) {
      NativeHistogram histogram = from.histograms == null ? null : from.histograms[i];
      if (histogram == null) {
        sample(seriesIndex, from.times[i], from.values[i]);
      } else {
        sample(seriesIndex, from.times[i], histogram);
      }
      if (from.startTimes != null && from.startTimes[i] != 0) {
        startTime(from.startTimes[i]);
      }
    }

    /** Sets the start timestamp of the sample added last. */
    public void startTime(long startTime) {
      startTime(sampleCount - 1, startTime);
    }

    /** Sets the start timestamp of the sample that was added as the i-th. */
    public void startTime(int i, long startTime) {
      long[] column = startTimes;
      if (column == null) {
        column = new long[times.length];
        startTimes = column;
      }
      column[i] = startTime;
    }

    public void exemplar(int seriesIndex, Exemplar exemplar) {
      exemplars.add(new SeriesExemplar(seriesIndex, exemplar));
    }

    public void metadata(MetricMetadata entry) {
      metadata.add(entry);
    }

    public int sampleCount() {
      return sampleCount;
    }

    public SeriesKey seriesKey(int seriesIndex) {
      return series[seriesIndex];
    }

    /** The table of series as it is now. */
    public List<SeriesKey> seriesKeys() {
      return List.of(Arrays.copyOf(series, seriesCount));
    }

    private void grow() {
      int capacity = times.length * 2;
      seriesOf = Arrays.copyOf(seriesOf, capacity);
      times = Arrays.copyOf(times, capacity);
      values = Arrays.copyOf(values, capacity);
      if (histograms != null) {
        histograms = Arrays.copyOf(histograms, capacity);
      }
      if (startTimes != null) {
        startTimes = Arrays.copyOf(startTimes, capacity);
      }
    }

    public WriteBatch build() {
      return new WriteBatch(this);
    }
  }
}
