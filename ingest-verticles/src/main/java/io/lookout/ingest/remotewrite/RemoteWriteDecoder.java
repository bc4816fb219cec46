package io.lookout.ingest.remotewrite;

import static io.lookout.ingest.protobuf.ProtoReader.FIXED64;
import static io.lookout.ingest.protobuf.ProtoReader.LENGTH_DELIMITED;
import static io.lookout.ingest.protobuf.ProtoReader.VARINT;

import io.lookout.ingest.pipeline.Reason;
import io.lookout.ingest.pipeline.Rejections;
import io.lookout.ingest.protobuf.ProtoReader;
import io.lookout.ingest.series.RawLabels;
import io.lookout.ingest.series.SeriesIndex;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.histogram.HistogramValidity;
import io.lookout.model.histogram.NativeHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Turns the body of a remote write 1.0 request, {@code prometheus.WriteRequest} in a snappy block,
 * into columns. Labels of known series are hashed where they lie and never become strings:
 *
 * <pre>
 *  TimeSeries  │0a│len│ label │0a│len│ label │ … │12│len│ sample │ …
 *               └──────────── hashed ──────────┘       └─► batch.sample(series, time, value)
 *                    └─► SeriesIndex ─► SeriesKey
 * </pre>
 *
 * <p>A request that is not well-formed is refused as a whole. In a well-formed one, series with
 * invalid labels and implausible histograms are left out and named, and the rest is kept: the
 * sender will not send it again after a 400.
 *
 * <p>Keeps its buffers from request to request; not thread-safe.
 */
public final class RemoteWriteDecoder {
  private static final int TIME_SERIES = 1 << 3 | LENGTH_DELIMITED;
  private static final int METADATA = 3 << 3 | LENGTH_DELIMITED;

  private static final int LABELS = 1 << 3 | LENGTH_DELIMITED;
  private static final int SAMPLES = 2 << 3 | LENGTH_DELIMITED;
  private static final int EXEMPLARS = 3 << 3 | LENGTH_DELIMITED;
  private static final int HISTOGRAMS = 4 << 3 | LENGTH_DELIMITED;

  private final SeriesIndex index;
  private final DecodeLimits limits;
  private final SnappyBlock snappy = new SnappyBlock();
  private final ProtoReader in = new ProtoReader();
  private final RawLabels labels;
  private final HistogramReader histograms = new HistogramReader();
  private final MetadataReader metadata;

  public RemoteWriteDecoder(SeriesIndex index, DecodeLimits limits) {
    this.index = index;
    this.limits = limits;
    this.labels = new RawLabels(index.strings());
    this.metadata = new MetadataReader(index.strings());
  }

  /** The state of one request. */
  private static final class Request {
    final String tenant;
    final long salt;
    final WriteBatch.Builder batch;
    final Rejections rejections = new Rejections();
    int entries;
    int series;
    int newSeries;

    Request(String tenant, long salt, int expectedSamples) {
      this.tenant = tenant;
      this.salt = salt;
      this.batch = new WriteBatch.Builder(tenant, expectedSamples);
    }
  }

  /**
   * Decodes {@code body[0..length)}.
   *
   * @throws LookoutException {@code BAD_DATA} for what is no such request, {@code TOO_LARGE} where
   *     it is beyond the limits
   */
  public Decoded decode(String tenant, byte[] body, int length) {
    int bytes = snappy.decompress(body, length, limits.maxBytes());
    return decodePlain(tenant, snappy.buffer(), bytes);
  }

  /** Decodes {@code message[0..length)}, which is not compressed. */
  Decoded decodePlain(String tenant, byte[] message, int length) {
    in.reset(message, 0, length);
    int expected = Math.min(countTimeSeries(), limits.maxEntries());
    Request request = new Request(tenant, index.salt(tenant), expected);
    in.reset(message, 0, length);
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case TIME_SERIES -> {
          int outer = in.enter();
          timeSeries(request);
          in.leave(outer);
        }
        case METADATA -> {
          count(request, 1);
          MetricMetadata entry = metadata.read(in);
          if (entry != null) {
            request.batch.metadata(entry);
          }
        }
        default -> in.skip(tag);
      }
    }
    return new Decoded(
        request.batch.build(), request.rejections, request.series, request.newSeries, length);
  }

  private int countTimeSeries() {
    int count = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      in.skip(tag);
      count += tag == TIME_SERIES ? 1 : 0;
    }
    return count;
  }

  /** Two passes over the fields, because labels may come after samples and in several runs. */
  private void timeSeries(Request request) {
    request.series++;
    int begin = in.position();
    int labelsEnd = begin;
    boolean together = true;
    int others = 0;
    int samples = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      in.skip(tag);
      if (tag == LABELS) {
        together &= others == 0;
        labelsEnd = others == 0 ? in.position() : labelsEnd;
      } else {
        others++;
        samples += tag == SAMPLES || tag == HISTOGRAMS ? 1 : 0;
      }
    }
    count(request, others);
    SeriesKey key = series(request, begin, together ? labelsEnd : -1, samples);
    if (key != null && others > 0) {
      in.position(labelsEnd);
      content(request, key);
    }
  }

  private void count(Request request, int entries) {
    request.entries += entries;
    if (request.entries > limits.maxEntries()) {
      throw new LookoutException(
          ErrorCode.TOO_LARGE,
          "request has more than " + limits.maxEntries() + " samples, exemplars and metadata");
    }
  }

  /**
   * @param labelsEnd where the labels end that begin the message, or −1 where they are scattered
   *     over it
   */
  private @Nullable SeriesKey series(Request request, int begin, int labelsEnd, int samples) {
    if (labelsEnd >= 0) {
      labels.of(in.bytes(), begin, labelsEnd);
    } else {
      labels.gather(in.bytes(), begin, in.limit());
    }
    index.hash(request.salt, labels);
    SeriesKey known = index.find(request.tenant, labels);
    if (known != null) {
      return known;
    }
    request.newSeries++;
    return index.admit(request.tenant, labels, samples, request.rejections);
  }

  private void content(Request request, SeriesKey key) {
    int series = request.batch.series(key);
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case SAMPLES -> sample(request.batch, series);
        case HISTOGRAMS -> histogram(request, series, key);
        case EXEMPLARS -> exemplar(request.batch, series);
        default -> in.skip(tag);
      }
    }
  }

  private void sample(WriteBatch.Builder batch, int series) {
    double value = 0;
    long time = 0;
    int outer = in.enter();
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case 1 << 3 | FIXED64 -> value = in.float64();
        case 2 << 3 | VARINT -> time = in.varint();
        default -> in.skip(tag);
      }
    }
    in.leave(outer);
    batch.sample(series, time, value);
  }

  private void histogram(Request request, int series, SeriesKey key) {
    NativeHistogram histogram = histograms.read(in);
    try {
      HistogramValidity.check(histogram);
      request.batch.sample(series, histograms.time(), histogram);
    } catch (IllegalArgumentException e) {
      request.rejections.add(
          Reason.INVALID_HISTOGRAM.label(), 1, e.getMessage() + " in series " + key.labels());
    }
  }

  /** An exemplar with impossible labels is left out without a word: it is a hint, not a sample. */
  private void exemplar(WriteBatch.Builder batch, int series) {
    double value = 0;
    long time = 0;
    int outer = in.enter();
    labels.gather(in.bytes(), in.position(), in.limit());
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case 2 << 3 | FIXED64 -> value = in.float64();
        case 3 << 3 | VARINT -> time = in.varint();
        default -> in.skip(tag);
      }
    }
    in.leave(outer);
    var parsed = labels.parseExemplar();
    if (parsed != null) {
      batch.exemplar(series, new Exemplar(parsed, value, time));
    }
  }
}
