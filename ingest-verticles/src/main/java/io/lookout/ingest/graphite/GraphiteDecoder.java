package io.lookout.ingest.graphite;

import com.dynatrace.hash4j.hashing.HashValue128;
import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.decode.PointBatch.LabelSource;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.exposition.DecimalNumber;
import io.lookout.ingest.pipeline.Reason;
import io.lookout.ingest.series.LabelPairs;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.Label;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Turns lines into samples:
 *
 * <pre>
 *   servers.web01.load;dc=ams;rack=7  0.42  1700000000
 *   └────── path, tags ────────────┘ value  └ seconds ┘
 * </pre>
 *
 * <p>The path is the name of the metric as it is, the tags are labels. A line counts for itself:
 * what cannot be read is noted, and the others count. The path of a known series is hashed where it
 * lies and never becomes a string. Not thread-safe.
 */
final class GraphiteDecoder {
  /** Keeps these hashes apart from those of other protocols. */
  private static final long SALT = 0x6772617068697465L;

  /** Of a bad line so much is shown. */
  private static final int SHOWN = 200;

  /** The last second of year 9999: what is later is taken for milliseconds sent by mistake. */
  private static final double LAST_SECOND = 253_402_300_799.0;

  private final PointBatches batches;
  private final StringPool strings;
  private final String tenant;
  private final LabelSource labels = this::labels;
  private byte[] bytes = {};
  private int pathBegin;
  private int pathEnd;
  private int valueBegin;
  private int valueEnd;
  private int timeBegin;
  private int timeEnd;

  GraphiteDecoder(PointBatches batches, String tenant) {
    this.batches = batches;
    this.strings = batches.index().strings();
    this.tenant = tenant;
  }

  /**
   * @param now the time of lines that ask for it, ms
   */
  PointBatch decode(byte[] from, int length, long now) {
    bytes = from;
    PointBatch batch = batches.batch(tenant, length);
    int begin = 0;
    while (begin < length) {
      int end = begin;
      while (end < length && bytes[end] != '\n') {
        end++;
      }
      line(batch, begin, end, now);
      begin = end + 1;
    }
    return batch;
  }

  private void line(PointBatch batch, int begin, int end, long now) {
    pathBegin = wordBegin(begin, end);
    if (pathBegin == end) {
      return;
    }
    pathEnd = wordEnd(pathBegin, end);
    valueBegin = wordBegin(pathEnd, end);
    valueEnd = wordEnd(valueBegin, end);
    timeBegin = wordBegin(valueEnd, end);
    timeEnd = wordEnd(timeBegin, end);
    if (timeBegin == end || wordBegin(timeEnd, end) != end) {
      refuse(batch, Reason.MALFORMED, "a line is 'path value timestamp'", begin, end);
      return;
    }
    double value = number(valueBegin, valueEnd);
    if (Double.isNaN(value)) {
      refuse(batch, Reason.INVALID_VALUE, "the value is no number", begin, end);
      return;
    }
    double seconds = number(timeBegin, timeEnd);
    if (seconds != -1 && !(seconds > 0 && seconds <= LAST_SECOND)) {
      refuse(batch, Reason.INVALID_TIME, "the time is not in seconds", begin, end);
      return;
    }
    String problem = problemOfTags();
    if (problem != null) {
      refuse(batch, Reason.INVALID_LABELS, problem, begin, end);
      return;
    }
    HashValue128 hash = batches.index().hash(bytes, pathBegin, pathEnd);
    int series =
        batch.find(hash.getMostSignificantBits(), hash.getLeastSignificantBits() ^ SALT, 1, labels);
    if (series != PointBatch.NONE) {
      batch.sample(series, seconds == -1 ? now : (long) (seconds * 1000), value);
    }
  }

  private int wordBegin(int from, int end) {
    int p = from;
    while (p < end && isBlank(bytes[p])) {
      p++;
    }
    return p;
  }

  private int wordEnd(int from, int end) {
    int p = from;
    while (p < end && !isBlank(bytes[p])) {
      p++;
    }
    return p;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r';
  }

  /** NaN for what is none: Graphite does not keep NaN either. */
  private double number(int from, int to) {
    double number = DecimalNumber.parse(bytes, from, to);
    if (!Double.isNaN(number)) {
      return number;
    }
    try {
      return DecimalNumber.parseText(
          new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Graphite's rules for tags: a name, an equals sign, a value that is there. */
  private @Nullable String problemOfTags() {
    int at = partEnd(pathBegin);
    if (at == pathBegin) {
      return "there is no path";
    }
    while (at < pathEnd) {
      int end = partEnd(at + 1);
      int equals = equals(at + 1, end);
      if (equals == at + 1 || equals >= end - 1) {
        return "a tag is 'name=value'";
      }
      at = end;
    }
    return strings.decode(bytes, pathBegin, pathEnd) == null ? "the path is not UTF-8" : null;
  }

  private int partEnd(int from) {
    int p = from;
    while (p < pathEnd && bytes[p] != ';') {
      p++;
    }
    return p;
  }

  private int equals(int from, int end) {
    int p = from;
    while (p < end && bytes[p] != '=') {
      p++;
    }
    return p;
  }

  private void labels(LabelPairs into) {
    int at = partEnd(pathBegin);
    into.add(Label.METRIC_NAME, text(pathBegin, at));
    while (at < pathEnd) {
      int end = partEnd(at + 1);
      int equals = equals(at + 1, end);
      into.add(text(at + 1, equals), text(equals + 1, end));
      at = end;
    }
  }

  /** Of a path that is known to be UTF-8; its parts end at ASCII. */
  private String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private void refuse(PointBatch batch, Reason reason, String why, int begin, int end) {
    String line = new String(bytes, begin, Math.min(end - begin, SHOWN), StandardCharsets.UTF_8);
    batch.reject(reason, 1, why + ": '" + line.strip() + "'");
  }
}
