package io.lookout.ingest.exposition;

import io.lookout.ingest.series.LabelPairs;
import io.lookout.ingest.series.RawLabels;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.bus.Exemplar;
import java.util.List;

/**
 * Reads OpenMetrics 1.0 text, entry by entry, where it lies in a byte array:
 *
 * <pre>
 *   # TYPE foo_seconds counter                                  → TYPE
 *   # UNIT foo_seconds seconds                                  → UNIT
 *   foo_seconds_total{a="b"} 17.0 1520879607.789 # {id="x"} 0.6 1520879607 → SAMPLE
 *   └───── raw series ─────┘ value time, s      └── exemplar ─────────┘
 *   # EOF                                                       → END
 * </pre>
 *
 * <p>Stricter than the older format: one blank between parts, no empty lines, and an input without
 * its last line has been cut and counts for nothing. Names in quotes are read as Prometheus 3
 * writes them. Errors carry {@link ErrorCode#BAD_DATA} and the number of the line. Not thread-safe.
 *
 * <p>Source: the OpenMetrics specification 1.0, section "Text format".
 */
public final class OpenMetricsParser extends TextLines {
  private final LabelPairs exemplarLabels = new LabelPairs();
  private List<Exemplar> exemplars = List.of();

  public OpenMetricsParser(StringPool strings) {
    super(strings);
  }

  @Override
  public void reset(byte[] bytes, int from, int to) {
    super.reset(bytes, from, to);
    exemplars = List.of();
  }

  @Override
  public List<Exemplar> exemplars() {
    return exemplars;
  }

  @Override
  public Entry next() {
    if (in.atEnd()) {
      throw in.malformed("data does not end with # EOF", in.limit);
    }
    if (in.bytes[in.position] == '#') {
      return comment();
    }
    sample();
    return Entry.SAMPLE;
  }

  private Entry comment() {
    int begin = in.position;
    int lineEnd = in.lineEnd();
    if (lineEnd - begin == 5 && isEnd(begin)) {
      if (lineEnd + 1 < in.limit) {
        throw in.malformed("unexpected data after # EOF", lineEnd + 1);
      }
      return Entry.END;
    }
    in.position = begin + 1;
    expectBlank();
    Entry entry = keyword(begin);
    in.position += 4;
    expectBlank();
    family = in.familyName();
    boolean ends = in.position >= lineEnd;
    if (!ends) {
      expectBlank();
    }
    describe(entry, Math.min(in.position, lineEnd), lineEnd);
    in.position = Math.min(lineEnd + 1, in.limit);
    return entry;
  }

  private boolean isEnd(int at) {
    byte[] b = in.bytes;
    return b[at + 1] == ' ' && b[at + 2] == 'E' && b[at + 3] == 'O' && b[at + 4] == 'F';
  }

  private Entry keyword(int begin) {
    if (in.startsWith("TYPE")) {
      return Entry.TYPE;
    } else if (in.startsWith("HELP")) {
      return Entry.HELP;
    } else if (in.startsWith("UNIT")) {
      return Entry.UNIT;
    }
    throw in.malformed("a comment that is neither TYPE, HELP, UNIT nor EOF", begin);
  }

  private void describe(Entry entry, int from, int lineEnd) {
    if (entry == Entry.HELP) {
      text = in.unescaped(from, lineEnd, true);
      return;
    }
    text = in.decode(from, lineEnd);
    if (entry == Entry.TYPE) {
      requireType(from);
      in.type(text);
    } else if (!text.isEmpty() && !family.endsWith("_" + text)) {
      throw in.malformed("unit \"" + text + "\" not a suffix of metric \"" + family + "\"", from);
    }
  }

  private void requireType(int at) {
    switch (text) {
      case "counter",
          "gauge",
          "histogram",
          "gaugehistogram",
          "summary",
          "info",
          "stateset",
          "unknown" -> {}
      default -> throw in.malformed("invalid metric type \"" + text + "\"", at);
    }
  }

  private void sample() {
    exemplars = List.of();
    seriesFrom = in.position;
    in.seriesEnd();
    seriesTo = in.position;
    expectBlank();
    value = in.number();
    timed = false;
    if (isBlankHere() && !isHere(1, '#')) {
      in.position++;
      timed = true;
      time = millis();
    }
    if (isBlankHere() && isHere(1, '#')) {
      in.position += 2;
      expectBlank();
      exemplar();
    }
    if (!isHere(0, '\n')) {
      throw in.malformed("end of line expected after the sample", in.position);
    }
    in.position++;
  }

  private void exemplar() {
    int from = in.position;
    if (!isHere(0, '{')) {
      throw in.malformed("labels of an exemplar expected", from);
    }
    in.seriesEnd();
    exemplarLabels.clear();
    in.labels(from, in.position, exemplarLabels);
    expectBlank();
    double exemplarValue = in.number();
    long exemplarTime = Long.MIN_VALUE;
    if (isBlankHere()) {
      in.position++;
      exemplarTime = millis();
    }
    Labels labels = RawLabels.ofExemplar(exemplarLabels);
    if (labels != null) {
      exemplars = List.of(new Exemplar(labels, exemplarValue, exemplarTime));
    }
  }

  /** A time in seconds. */
  private long millis() {
    int from = in.position;
    double seconds = in.number();
    double millis = seconds * 1000;
    if (Double.isNaN(seconds) || Math.abs(millis) > 1L << 62) {
      throw in.malformed("timestamp is no number of seconds", from);
    }
    return (long) millis;
  }

  private boolean isBlankHere() {
    return isHere(0, ' ');
  }

  private boolean isHere(int offset, char wanted) {
    return in.position + offset < in.limit && in.bytes[in.position + offset] == wanted;
  }

  private void expectBlank() {
    if (!isBlankHere()) {
      throw in.malformed("a blank is expected", in.position);
    }
    in.position++;
  }
}
