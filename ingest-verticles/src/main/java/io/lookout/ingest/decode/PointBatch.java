package io.lookout.ingest.decode;

import com.dynatrace.hash4j.hashing.HashValue128;
import io.lookout.ingest.pipeline.Reason;
import io.lookout.ingest.pipeline.Rejections;
import io.lookout.ingest.series.LabelPairs;
import io.lookout.ingest.series.SeriesIndex;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.histogram.NativeHistogram;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A write batch in the making, for protocols that bring their samples one by one: the labels of the
 * next samples are collected in {@link #labels()}, {@link #find} says which series that is, and
 * samples are added to it. A series that was seen before costs a hash of its labels and a look-up.
 * Not thread-safe.
 */
public final class PointBatch {
  /** What {@link #find} says of a series that is refused. */
  public static final int NONE = -1;

  private final SeriesIndex index;
  private final String tenant;
  private final long salt;
  private final int maxEntries;
  private final WriteBatch.Builder batch;
  private final Rejections rejections = new Rejections();
  private final LabelPairs pairs = new LabelPairs();
  private final PairBytes pairBytes = new PairBytes();
  private int entries;
  private int series;
  private int newSeries;

  public PointBatch(SeriesIndex index, String tenant, DecodeLimits limits, int expectedSamples) {
    this.index = index;
    this.tenant = tenant;
    // Raw labels of remote write have hashes of their own; these must not meet them.
    this.salt = Long.rotateLeft(index.salt(tenant), 17) ^ 0x706f696e7473L;
    this.maxEntries = limits.maxEntries();
    this.batch =
        new WriteBatch.Builder(tenant, Math.clamp(expectedSamples, 8, limits.maxEntries()));
  }

  /** The labels of the series that comes next: to be cleared and filled by the decoder. */
  public LabelPairs labels() {
    return pairs;
  }

  /**
   * The series of {@link #labels()}; {@link #NONE} where it is refused, which is then noted.
   *
   * @param samples how many samples it costs if it is refused
   */
  public int find(int samples) {
    HashValue128 hash = pairBytes.hash(pairs, index);
    return find(hash.getMostSignificantBits(), hash.getLeastSignificantBits(), samples, null);
  }

  /** Fills {@link #labels()} where they are needed. */
  @FunctionalInterface
  public interface LabelSource {
    /** Adds labels to cleared pairs. */
    void fill(LabelPairs pairs);
  }

  /**
   * The same by a hash that the decoder has made of the raw bytes of labels, so that labels of a
   * known series are never parsed.
   *
   * @param source asked for the labels where the hash is not known; null where they are there
   */
  public int find(long high, long low, int samples, @Nullable LabelSource source) {
    count(1);
    series++;
    long salted = low ^ salt;
    SeriesKey key = index.find(tenant, high, salted);
    if (key == null) {
      newSeries++;
      if (source != null) {
        pairs.clear();
        source.fill(pairs);
      }
      key = index.admit(tenant, pairs, high, salted, samples, rejections);
    }
    return key == null ? NONE : batch.series(key);
  }

  /** Adds a sample of a series that is known from elsewhere. */
  public void sample(SeriesKey key, long time, double value) {
    count(2);
    batch.sample(batch.series(key), time, value);
  }

  /** Adds a sample to a series that was found. */
  public void sample(int seriesIndex, long time, double value) {
    count(1);
    batch.sample(seriesIndex, time, value);
  }

  public void sample(int seriesIndex, long time, NativeHistogram histogram) {
    count(1);
    batch.sample(seriesIndex, time, histogram);
  }

  /** One sample of the series of {@link #labels()}; nothing where that is refused. */
  public void sample(long time, double value) {
    int found = find(1);
    if (found != NONE) {
      sample(found, time, value);
    }
  }

  /** Sets the start timestamp of the sample added last. */
  public void startTime(long startTime) {
    batch.startTime(startTime);
  }

  public void exemplar(int seriesIndex, Exemplar exemplar) {
    count(1);
    batch.exemplar(seriesIndex, exemplar);
  }

  public void metadata(MetricMetadata entry) {
    count(1);
    batch.metadata(entry);
  }

  /** Notes samples that cannot be taken. */
  public void reject(Reason reason, int samples, String message) {
    rejections.add(reason.label(), samples, message);
  }

  public Rejections rejections() {
    return rejections;
  }

  /** The series that were found so far, each as often as it was. */
  public List<SeriesKey> seriesKeys() {
    return batch.seriesKeys();
  }

  /** The series behind an index. */
  public SeriesKey seriesKey(int seriesIndex) {
    return batch.seriesKey(seriesIndex);
  }

  public int sampleCount() {
    return batch.sampleCount();
  }

  /** Counts what takes memory. */
  private void count(int more) {
    entries += more;
    // A series and its sample are one entry to the user, and two here.
    if (entries > 2L * maxEntries) {
      throw new LookoutException(
          ErrorCode.TOO_LARGE, "request has more than " + maxEntries + " samples");
    }
  }

  /**
   * @param bytes of the request after decompression
   */
  public Decoded decoded(int bytes) {
    return new Decoded(batch.build(), rejections, series, newSeries, bytes);
  }
}
