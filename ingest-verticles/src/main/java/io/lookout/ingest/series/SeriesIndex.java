package io.lookout.ingest.series;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import io.lookout.ingest.pipeline.Reason;
import io.lookout.ingest.pipeline.Rejections;
import io.lookout.model.SeriesKey;
import io.lookout.model.series.SeriesCache;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * From raw labels to the series: what decoders share. Thread-safe.
 *
 * <p>The hash is XXH3 with 128 bits under a seed that this process keeps to itself.
 */
public final class SeriesIndex {
  private final SeriesCache cache;
  private final StringPool strings;
  private final SeriesAdmission admission;
  private final Hasher128 hasher;
  private final Hasher64 tenantHasher;
  private final AtomicInteger generation = new AtomicInteger();

  /**
   * @param seed random; secret, because whoever knows it can make two series look like one
   */
  public SeriesIndex(SeriesCache cache, StringPool strings, SeriesAdmission admission, long seed) {
    this.cache = cache;
    this.strings = strings;
    this.admission = admission;
    this.hasher = Hashing.xxh3_128(seed);
    this.tenantHasher = Hashing.xxh3_64(seed);
  }

  public StringPool strings() {
    return strings;
  }

  public SeriesCache cache() {
    return cache;
  }

  /** Drops what was not used since the last call. */
  public void forgetUnused() {
    cache.forgetUnused();
    generation.incrementAndGet();
  }

  /** Another after each {@link #forgetUnused}. */
  int generation() {
    return generation.get();
  }

  /** Spreads the same labels of different tenants over the cache. */
  public long salt(String tenant) {
    return tenantHasher.hashCharsToLong(tenant);
  }

  /** The hash of raw labels, {@code bytes[from..to)}. Its lower half is to be salted. */
  public HashValue128 hash(byte[] bytes, int from, int to) {
    return hasher.hashBytesTo128Bits(bytes, from, to - from);
  }

  /** The series of these labels, if it is known. */
  public @Nullable SeriesKey find(String tenant, long high, long low) {
    return cache.get(tenant, high, low);
  }

  /** Admits a series that was not found under this hash; null where it is refused. */
  public @Nullable SeriesKey admit(
      String tenant, RawLabels labels, long high, long low, int samples, Rejections rejections) {
    LabelPairs pairs = labels.parse();
    if (pairs == null) {
      rejections.add(
          Reason.INVALID_LABELS.label(),
          samples,
          "label is not valid UTF-8 in series " + labels.shown());
      return null;
    }
    return admit(tenant, pairs, high, low, samples, rejections);
  }

  /** The same for labels that were parsed already. */
  public @Nullable SeriesKey admit(
      String tenant, LabelPairs pairs, long high, long low, int samples, Rejections rejections) {
    SeriesKey series = admission.admit(tenant, pairs, samples, rejections);
    if (series != null) {
      cache.put(high, low, series);
    }
    return series;
  }
}
