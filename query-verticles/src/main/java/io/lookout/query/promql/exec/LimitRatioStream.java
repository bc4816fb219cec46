package io.lookout.query.promql.exec;

import com.dynatrace.hash4j.hashing.Hashing;
import io.lookout.model.Labels;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.value.SeriesSteps;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * {@code limit_ratio}: the series whose hash lies in the lower part of all hashes, or for a
 * negative ratio in the upper part, so that r and r − 1 complement each other. The hash is that of
 * Prometheus.
 */
@SuppressWarnings("ArrayRecordComponent") // Columns; never compared.
record LimitRatioStream(SeriesStream inner, double[] ratio) implements MappedStream {
  @Override
  public Mapping mapping() {
    return this::limit;
  }

  private SeriesSteps limit(SeriesSteps series) {
    double place = place(series.labels());
    SeriesSteps result = SeriesSteps.absent(series.labels(), series.dropName(), series.size());
    for (int i = 0; i < series.size(); i++) {
      if (!series.present(i) || !isIn(place, ratio[i])) {
        continue;
      }
      NativeHistogram histogram = series.histogram(i);
      if (histogram == null) {
        result.values[i] = series.values[i];
      } else {
        result.set(i, histogram);
      }
    }
    return result;
  }

  private static boolean isIn(double place, double ratio) {
    return ratio >= 0 ? place < ratio : place >= 1 + ratio;
  }

  /** Between 0 and 1. */
  private static double place(Labels labels) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    for (int i = 0; i < labels.size(); i++) {
      append(bytes, labels.name(i));
      append(bytes, labels.value(i));
    }
    long hash = Hashing.xxh64().hashBytesToLong(bytes.toByteArray());
    double unsigned = (hash >>> 1) * 2.0 + (hash & 1);
    return unsigned / 0x1p64;
  }

  /** With its length before it: one byte, or 255 and three bytes. */
  private static void append(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < 255) {
      out.write(bytes.length);
    } else {
      out.write(255);
      out.write(bytes.length);
      out.write(bytes.length >> 8);
      out.write(bytes.length >> 16);
    }
    out.writeBytes(bytes);
  }
}
