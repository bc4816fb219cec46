package io.lookout.ingest.remotewrite;

import static io.lookout.ingest.protobuf.ProtoReader.FIXED64;
import static io.lookout.ingest.protobuf.ProtoReader.LENGTH_DELIMITED;
import static io.lookout.ingest.protobuf.ProtoReader.VARINT;

import io.lookout.ingest.pipeline.Reason;
import io.lookout.ingest.protobuf.ProtoReader;
import io.lookout.ingest.series.RawLabels;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.histogram.HistogramValidity;
import io.lookout.model.histogram.NativeHistogram;

/** Reads what a {@code TimeSeries} of remote write 1.0 holds beside its labels. Not thread-safe. */
final class SeriesContent {
  static final int SAMPLES = 2 << 3 | LENGTH_DELIMITED;
  static final int EXEMPLARS = 3 << 3 | LENGTH_DELIMITED;
  static final int HISTOGRAMS = 4 << 3 | LENGTH_DELIMITED;

  private static final int VALUE = 1 << 3 | FIXED64;
  private static final int TIME = 2 << 3 | VARINT;

  private final ProtoReader in = new ProtoReader();
  private final HistogramReader histograms = new HistogramReader();
  private final RawLabels exemplarLabels;

  SeriesContent(StringPool strings) {
    this.exemplarLabels = new RawLabels(strings);
  }

  /** Adds the fields in {@code message[from..to)} to the batch; labels among them are skipped. */
  void read(byte[] message, int from, int to, SeriesKey key, Request request) {
    if (isOneSample(message, from, to) && oneSample(message, from, to, key, request.batch())) {
      return;
    }
    int series = -1;
    in.reset(message, from, to);
    while (in.hasMore()) {
      int tag = in.tag();
      if (series < 0 && (tag == SAMPLES || tag == HISTOGRAMS || tag == EXEMPLARS)) {
        series = request.batch().series(key);
      }
      switch (tag) {
        case SAMPLES -> sample(request.batch(), series);
        case HISTOGRAMS -> histogram(request, series, key);
        case EXEMPLARS -> exemplar(request.batch(), series);
        default -> in.skip(tag);
      }
    }
  }

  /**
   * Whether {@code message[from..to)} begins as nearly all series of nearly all requests: a sample,
   * and after it nothing, its value before its time.
   *
   * <pre>
   *   │12│len│09│ value, 8 bytes │10│ time … │
   * </pre>
   */
  static boolean isOneSample(byte[] message, int from, int to) {
    return to - from >= 13
        && message[from] == SAMPLES
        && message[from + 1] == to - from - 2
        && message[from + 2] == VALUE
        && message[from + 11] == TIME;
  }

  /** False where something follows the time. */
  private boolean oneSample(
      byte[] message, int from, int to, SeriesKey key, WriteBatch.Builder batch) {
    in.reset(message, from + 3, to);
    double value = in.float64();
    in.position(from + 12);
    long time = in.varint();
    if (in.hasMore()) {
      return false;
    }
    batch.sample(batch.series(key), time, value);
    return true;
  }

  private void sample(WriteBatch.Builder batch, int series) {
    double value = 0;
    long time = 0;
    int outer = in.enter();
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case VALUE -> value = in.float64();
        case TIME -> time = in.varint();
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
      request.batch().sample(series, histograms.time(), histogram);
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
    exemplarLabels.gather(in.bytes(), in.position(), in.limit());
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case 2 << 3 | FIXED64 -> value = in.float64();
        case 3 << 3 | VARINT -> time = in.varint();
        default -> in.skip(tag);
      }
    }
    in.leave(outer);
    Labels labels = exemplarLabels.parseExemplar();
    if (labels != null) {
      batch.exemplar(series, new Exemplar(labels, value, time));
    }
  }

  /** How many samples and histograms there are in {@code message[from..to)}. */
  int countSamples(byte[] message, int from, int to) {
    int samples = 0;
    in.reset(message, from, to);
    while (in.hasMore()) {
      int tag = in.tag();
      in.skip(tag);
      samples += tag == SAMPLES || tag == HISTOGRAMS ? 1 : 0;
    }
    return samples;
  }
}
