package io.lookout.model;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Comparator;

/** A series: whose it is, what it is called, and the fingerprint of both. */
public record SeriesKey(String tenant, Labels labels, Fingerprint fingerprint) {
  /** By tenant and labels. */
  public static final Comparator<SeriesKey> ORDER =
      Comparator.comparing(SeriesKey::tenant).thenComparing(SeriesKey::labels, Labels.ORDER);

  /** The tenant of a request that names none. */
  public static final String ANONYMOUS = "anonymous";

  /** Computes the fingerprint: XXH3 128 over tenant, names and values, each with its length. */
  public static SeriesKey of(String tenant, Labels labels) {
    HashStream128 stream = Hashing.xxh3_128().hashStream();
    stream.putString(tenant);
    for (int i = 0; i < labels.size(); i++) {
      stream.putString(labels.name(i)).putString(labels.value(i));
    }
    HashValue128 hash = stream.get();
    return new SeriesKey(
        tenant,
        labels,
        new Fingerprint(hash.getMostSignificantBits(), hash.getLeastSignificantBits()));
  }
}
