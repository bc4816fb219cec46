package io.lookout.model.bus.wire;

import io.lookout.model.Fingerprint;
import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bytes.ByteReader;
import io.lookout.model.bytes.MalformedBytesException;
import io.lookout.model.series.SeriesCache;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link BatchRecordEncoder} wrote, and batches as the bus has them, which topics may
 * hold from earlier releases. Labels are read where the cache does not know their series. Trusts
 * nothing of it. Not thread-safe.
 */
public final class BatchRecordDecoder {
  /** Least size of a series: fingerprint, length and labels. */
  private static final int SERIES_BYTES = 18;

  private static final int TEXTS = 1 << 13;

  /** A version of which all is said the same way in the one that is written now. */
  private static final int WITH_WHOLE_VALUES = 2;

  private final SeriesCache known;

  /** Texts that were read lately, each in the slot of its hash, so that equal ones are one. */
  private final @Nullable String[] texts = new String[TEXTS];

  private long labelsRead;

  /**
   * @param known by fingerprint
   */
  public BatchRecordDecoder(SeriesCache known) {
    this.known = known;
  }

  /**
   * @throws io.lookout.model.LookoutException {@code BAD_DATA} for bytes that are no such record
   */
  public WriteBatch decode(byte[] record) {
    ByteReader in = new ByteReader(record);
    int version = in.readByte();
    if (version == WireForm.VERSION) {
      return WireForms.writeBatch().decode(record, 0, record.length);
    }
    if (version != WITH_WHOLE_VALUES && version != BatchRecordEncoder.VERSION) {
      throw new MalformedBytesException(
          "version " + version + ", known are 1 to " + BatchRecordEncoder.VERSION);
    }
    try {
      return decode(record, in);
    } catch (IllegalArgumentException e) {
      throw new MalformedBytesException("record: " + e.getMessage());
    }
  }

  private WriteBatch decode(byte[] record, ByteReader in) {
    String tenant = shared(in.readText());
    int count = in.readCount(SERIES_BYTES);
    List<SeriesKey> series = new ArrayList<>(count);
    Labels before = Labels.EMPTY;
    for (int i = 0; i < count; i++) {
      SeriesKey next = series(tenant, before, record, in);
      series.add(next);
      before = next.labels();
    }
    WriteBatch batch = WriteBatchWire.readColumns(tenant, series, new WireInput(record, in));
    if (in.remaining() > 0) {
      throw new MalformedBytesException(in.remaining() + " bytes after the record");
    }
    return batch;
  }

  private SeriesKey series(String tenant, Labels before, byte[] record, ByteReader in) {
    long high = in.readLong();
    long low = in.readLong();
    int length = in.readCount(1);
    int begin = in.position();
    in.skip(length);
    SeriesKey series = known.get(tenant, high, low);
    if (series == null) {
      series = read(tenant, before, new ByteReader(record, begin, length));
      if (!series.fingerprint().equals(new Fingerprint(high, low))) {
        throw new MalformedBytesException("a fingerprint that is not that of its labels");
      }
      known.put(high, low, series);
    }
    return series;
  }

  private SeriesKey read(String tenant, Labels before, ByteReader in) {
    Labels labels = LabelDelta.read(before, in, this::shared);
    if (in.remaining() > 0) {
      throw new MalformedBytesException(in.remaining() + " bytes after the labels of a series");
    }
    labelsRead++;
    return SeriesKey.of(tenant, labels);
  }

  private String shared(String text) {
    int hash = text.hashCode();
    int slot = (hash ^ (hash >>> 16)) & (TEXTS - 1);
    String before = texts[slot];
    if (before != null && before.equals(text)) {
      return before;
    }
    texts[slot] = text;
    return text;
  }

  /** Series whose labels were read so far: the others were known. */
  public long labelsRead() {
    return labelsRead;
  }
}
