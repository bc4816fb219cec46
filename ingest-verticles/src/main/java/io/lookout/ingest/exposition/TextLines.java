package io.lookout.ingest.exposition;

import io.lookout.ingest.series.LabelPairs;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.histogram.NativeHistogram;
import java.util.List;

/**
 * What the two text formats share: the bytes they are read from, and the entry that was read last.
 * How the lines look is each format's own matter. Not thread-safe.
 */
abstract sealed class TextLines implements ExpositionParser permits OpenMetricsParser, TextParser {
  final TextCursor in;
  int seriesFrom;
  int seriesTo;
  double value;
  boolean timed;
  long time;
  String family = "";
  String text = "";

  TextLines(StringPool strings) {
    in = new TextCursor(strings);
  }

  @Override
  public void reset(byte[] bytes, int from, int to) {
    in.reset(bytes, from, to);
  }

  @Override
  public final byte[] seriesBytes() {
    return in.bytes;
  }

  @Override
  public final int seriesFrom() {
    return seriesFrom;
  }

  @Override
  public final int seriesTo() {
    return seriesTo;
  }

  @Override
  public final double value() {
    return value;
  }

  /** There are none in text. */
  @Override
  public final NativeHistogram histogram() {
    throw new IllegalStateException("no histogram was read");
  }

  @Override
  public final boolean isTimed() {
    return timed;
  }

  @Override
  public final long time() {
    return time;
  }

  /** Said by {@code _created} samples where it is said at all: samples of their own here. */
  @Override
  public final long startTime() {
    return 0;
  }

  @Override
  public List<Exemplar> exemplars() {
    return List.of();
  }

  @Override
  public final String family() {
    return family;
  }

  @Override
  public final String text() {
    return text;
  }

  @Override
  public final void labels(LabelPairs into) {
    in.labels(seriesFrom, seriesTo, into);
  }
}
