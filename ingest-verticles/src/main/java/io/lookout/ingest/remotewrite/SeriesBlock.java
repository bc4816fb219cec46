package io.lookout.ingest.remotewrite;

import com.dynatrace.hash4j.hashing.HashValue128;
import io.lookout.ingest.series.RawLabels;
import io.lookout.ingest.series.SeriesIndex;
import io.lookout.ingest.series.Succession;
import io.lookout.model.SeriesKey;
import org.jspecify.annotations.Nullable;

/**
 * Time series that wait to be looked up together. A look-up in a large cache waits for memory three
 * times; done one right after the other, the look-ups of many series wait at the same time. That is
 * for series that do not come in the order in which they came before.
 *
 * <pre>
 *   add: hash of the labels │ flush: find, find, find, … │ content, content, content, …
 * </pre>
 *
 * <p>Not thread-safe.
 */
final class SeriesBlock {
  private static final int SIZE = 256;

  private final SeriesIndex index;
  private final Succession known;
  private final RawLabels labels;
  private final SeriesContent content;
  private final int[] begins = new int[SIZE];
  private final int[] labelsEnds = new int[SIZE];
  private final int[] ends = new int[SIZE];
  private final long[] highs = new long[SIZE];
  private final long[] lows = new long[SIZE];
  private final @Nullable SeriesKey[] keys = new SeriesKey[SIZE];
  private int size;

  SeriesBlock(SeriesIndex index) {
    this.index = index;
    this.known = new Succession(index);
    this.labels = new RawLabels(index.strings());
    this.content = new SeriesContent(index.strings());
  }

  /** To be called where a request begins: forgets what one has left that came to a bad end. */
  void begin() {
    size = 0;
    known.begin();
  }

  /** A series whose labels are together at its beginning: {@code [begin, labelsEnd, end)}. */
  void add(byte[] message, int begin, int labelsEnd, int end, Request request) {
    HashValue128 hash = index.hash(message, begin, labelsEnd);
    highs[size] = hash.getMostSignificantBits();
    lows[size] = hash.getLeastSignificantBits() ^ request.salt;
    begins[size] = begin;
    labelsEnds[size] = labelsEnd;
    ends[size] = end;
    if (++size == SIZE) {
      flush(message, request);
    }
  }

  /** A series whose labels are scattered over its message. */
  void addScattered(byte[] message, int begin, int end, Request request) {
    flush(message, request);
    labels.gather(message, begin, end);
    HashValue128 hash = index.hash(labels.bytes(), labels.from(), labels.to());
    long high = hash.getMostSignificantBits();
    long low = hash.getLeastSignificantBits() ^ request.salt;
    SeriesKey found = known.find(request.tenant, high, low);
    SeriesKey key = found != null ? found : admit(high, low, message, begin, end, request);
    if (key != null) {
      content.read(message, begin, end, key, request);
    }
  }

  /** Brings everything that waits into the batch. */
  void flush(byte[] message, Request request) {
    for (int i = 0; i < size; i++) {
      keys[i] = known.find(request.tenant, highs[i], lows[i]);
    }
    for (int i = 0; i < size; i++) {
      SeriesKey key = keys[i];
      if (key == null) {
        labels.of(message, begins[i], labelsEnds[i]);
        key = admit(highs[i], lows[i], message, labelsEnds[i], ends[i], request);
      }
      if (key != null) {
        content.read(message, labelsEnds[i], ends[i], key, request);
      }
      keys[i] = null;
    }
    size = 0;
  }

  private @Nullable SeriesKey admit(
      long high, long low, byte[] message, int from, int to, Request request) {
    request.newSeries++;
    int samples = content.countSamples(message, from, to);
    return index.admit(request.tenant, labels, high, low, samples, request.rejections);
  }
}
