package io.lookout.ingest.remotewrite;

import static io.lookout.ingest.protobuf.ProtoReader.FIXED64;
import static io.lookout.ingest.protobuf.ProtoReader.LENGTH_DELIMITED;
import static io.lookout.ingest.protobuf.ProtoReader.VARINT;

import com.dynatrace.hash4j.hashing.HashValue128;
import io.lookout.ingest.decode.DecodeLimits;
import io.lookout.ingest.decode.Decoded;
import io.lookout.ingest.pipeline.Reason;
import io.lookout.ingest.protobuf.ProtoReader;
import io.lookout.ingest.series.LabelPairs;
import io.lookout.ingest.series.RawLabels;
import io.lookout.ingest.series.SeriesIndex;
import io.lookout.ingest.series.Succession;
import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.histogram.HistogramValidity;
import io.lookout.model.histogram.NativeHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Turns a message of remote write 2.0, {@code io.prometheus.write.v2.Request}, into columns. Labels
 * are references into a table of symbols:
 *
 * <pre>
 *  Request  │22│len│ symbol │22│len│ symbol │ … │2a│len│ TimeSeries │ …
 *  TimeSeries  │0a│len│ 1 2 3 4 5 9 │12│len│ sample │ …
 *                       └─ hashes of symbols 1, 2, 3, 4, 5, 9, hashed ─► SeriesIndex ─► SeriesKey
 * </pre>
 *
 * <p>Source: {@code prompb/io/prometheus/write/v2/types.proto} of Prometheus. Start timestamps are
 * read where they were first, {@code TimeSeries.created_timestamp}, and where they are now, in the
 * sample. Not thread-safe.
 */
final class Version2Reader {
  private static final int SYMBOLS = 4 << 3 | LENGTH_DELIMITED;
  private static final int TIME_SERIES = 5 << 3 | LENGTH_DELIMITED;

  private static final int SAMPLES = 2 << 3 | LENGTH_DELIMITED;
  private static final int HISTOGRAMS = 3 << 3 | LENGTH_DELIMITED;
  private static final int EXEMPLARS = 4 << 3 | LENGTH_DELIMITED;
  private static final int METADATA = 5 << 3 | LENGTH_DELIMITED;
  private static final int CREATED = 6 << 3 | VARINT;

  private final SeriesIndex index;
  private final Succession known;
  private final DecodeLimits limits;
  private final ProtoReader in = new ProtoReader();
  private final Symbols symbols;
  private final References labels;
  private final References exemplarLabels;
  private final HistogramReader histograms = new HistogramReader();
  private final SymbolMetadata metadata;

  Version2Reader(SeriesIndex index, DecodeLimits limits) {
    this.index = index;
    this.known = new Succession(index);
    this.limits = limits;
    this.symbols = new Symbols(index);
    this.labels = new References(symbols);
    this.exemplarLabels = new References(symbols);
    this.metadata = new SymbolMetadata(index, symbols);
  }

  /** Reads {@code message[0..length)}. */
  Decoded read(String tenant, byte[] message, int length) {
    // The same bytes mean other labels in version 1, so they must not have the same hash.
    long salt = ~index.salt(tenant);
    Request request = new Request(tenant, salt, 0, limits.maxEntries());
    int expected = symbols(message, length, request);
    request.expect(expected);
    metadata.nextRequest();
    known.begin();
    in.reset(message, 0, length);
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == TIME_SERIES) {
        int outer = in.enter();
        timeSeries(request);
        in.leave(outer);
      } else {
        in.skip(tag);
      }
    }
    return request.decoded(length);
  }

  /** Reads the symbols, wherever they are, and counts the series. */
  private int symbols(byte[] message, int length, Request request) {
    int series = 0;
    symbols.clear(message);
    in.reset(message, 0, length);
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == SYMBOLS) {
        request.count(1);
        symbols.add(in);
      } else {
        in.skip(tag);
        series += tag == TIME_SERIES ? 1 : 0;
      }
    }
    return series;
  }

  private void timeSeries(Request request) {
    request.series++;
    int begin = in.position();
    int samples = 0;
    int others = 0;
    long created = 0;
    labels.clear();
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == CREATED) {
        created = in.varint();
      } else if (!labels.read(in, tag)) {
        in.skip(tag);
        others++;
        samples += tag == SAMPLES || tag == HISTOGRAMS ? 1 : 0;
      }
    }
    request.count(Math.max(others, 1));
    SeriesKey key = series(request, samples);
    if (key != null && others > 0) {
      in.position(begin);
      content(request, key, created);
    }
  }

  private @Nullable SeriesKey series(Request request, int samples) {
    String problem = labels.problem();
    if (problem != null) {
      request.rejections.add(Reason.INVALID_LABELS.label(), samples, problem);
      return null;
    }
    HashValue128 hash = labels.hash(index);
    long high = hash.getMostSignificantBits();
    long low = hash.getLeastSignificantBits() ^ request.salt;
    SeriesKey found = known.find(request.tenant, high, low);
    if (found != null) {
      return found;
    }
    request.newSeries++;
    LabelPairs pairs = labels.parse();
    if (pairs == null) {
      request.rejections.add(
          Reason.INVALID_LABELS.label(),
          samples,
          "label is not valid UTF-8 in series " + labels.shown());
      return null;
    }
    return index.admit(request.tenant, pairs, high, low, samples, request.rejections);
  }

  private void content(Request request, SeriesKey key, long created) {
    WriteBatch.Builder batch = request.batch();
    int series = -1;
    while (in.hasMore()) {
      int tag = in.tag();
      if (series < 0 && (tag == SAMPLES || tag == HISTOGRAMS || tag == EXEMPLARS)) {
        series = batch.series(key);
      }
      switch (tag) {
        case SAMPLES -> sample(batch, series, created);
        case HISTOGRAMS -> histogram(request, series, key, created);
        case EXEMPLARS -> exemplar(request, series, key);
        case METADATA -> metadata.read(in, labels.metricName(), request);
        default -> in.skip(tag);
      }
    }
  }

  private void sample(WriteBatch.Builder batch, int series, long created) {
    double value = 0;
    long time = 0;
    long start = created;
    int outer = in.enter();
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case 1 << 3 | FIXED64 -> value = in.float64();
        case 2 << 3 | VARINT -> time = in.varint();
        case 3 << 3 | VARINT -> start = in.varint();
        default -> in.skip(tag);
      }
    }
    in.leave(outer);
    batch.sample(series, time, value);
    if (start != 0) {
      batch.startTime(start);
    }
  }

  private void histogram(Request request, int series, SeriesKey key, long created) {
    NativeHistogram histogram = histograms.read(in);
    try {
      HistogramValidity.check(histogram);
      request.batch().sample(series, histograms.time(), histogram);
      long start = histograms.startTime() != 0 ? histograms.startTime() : created;
      if (start != 0) {
        request.batch().startTime(start);
      }
    } catch (IllegalArgumentException e) {
      request.rejections.add(
          Reason.INVALID_HISTOGRAM.label(), 1, e.getMessage() + " in series " + key.labels());
    }
  }

  /** Unlike in version 1, one with impossible labels is an error: no success may hide it. */
  private void exemplar(Request request, int series, SeriesKey key) {
    double value = 0;
    long time = 0;
    exemplarLabels.clear();
    int outer = in.enter();
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case 2 << 3 | FIXED64 -> value = in.float64();
        case 3 << 3 | VARINT -> time = in.varint();
        default -> {
          if (!exemplarLabels.read(in, tag)) {
            in.skip(tag);
          }
        }
      }
    }
    in.leave(outer);
    LabelPairs pairs = exemplarLabels.problem() == null ? exemplarLabels.parse() : null;
    Labels parsed = pairs == null ? null : RawLabels.ofExemplar(pairs);
    if (parsed == null) {
      request.rejections.add(
          Reason.INVALID_EXEMPLAR.label(),
          1,
          "labels of an exemplar are impossible or too long in series " + key.labels());
    } else {
      request.batch().exemplar(series, new Exemplar(parsed, value, time));
    }
  }
}
