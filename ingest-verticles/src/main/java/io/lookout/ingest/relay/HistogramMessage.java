package io.lookout.ingest.relay;

import io.lookout.ingest.protobuf.ProtoWriter;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import java.util.List;

/**
 * The message {@code Histogram}, the same in both versions but for the start timestamp, which 1.0
 * does not know and its readers skip. Integer histograms carry differences between neighbouring
 * buckets, float histograms the counts themselves.
 *
 * <p>Source: {@code prompb/types.proto} of Prometheus.
 */
final class HistogramMessage {
  private HistogramMessage() {}

  static ProtoWriter of(NativeHistogram histogram, long time, long startTime) {
    ProtoWriter out = new ProtoWriter(256);
    if (histogram.integer()) {
      out.present(1, (long) histogram.count());
    } else {
      out.present(2, histogram.count());
    }
    out.float64(3, histogram.sum())
        .sint64(4, histogram.schema())
        .float64(5, histogram.zeroThreshold());
    if (histogram.integer()) {
      out.present(6, (long) histogram.zeroCount());
    } else {
      out.present(7, histogram.zeroCount());
    }
    side(out, 8, histogram.negativeSpans(), histogram.negativeBuckets(), histogram.integer());
    side(out, 11, histogram.positiveSpans(), histogram.positiveBuckets(), histogram.integer());
    return out.int64(14, resetHint(histogram.counterReset()))
        .int64(15, time)
        .packed(16, histogram.customValues())
        .int64(17, startTime);
  }

  private static int resetHint(CounterReset reset) {
    return switch (reset) {
      case UNKNOWN -> 0;
      case YES -> 1;
      case NO -> 2;
      case GAUGE -> 3;
    };
  }

  /** Spans, deltas and counts have successive field numbers. */
  private static void side(
      ProtoWriter out, int field, List<Span> spans, double[] counts, boolean integer) {
    for (Span span : spans) {
      out.message(field, new ProtoWriter(8).sint64(1, span.offset()).int64(2, span.length()));
    }
    if (integer) {
      out.packedSigned(field + 1, deltas(counts));
    } else {
      out.packed(field + 2, counts);
    }
  }

  private static long[] deltas(double[] counts) {
    long[] deltas = new long[counts.length];
    long before = 0;
    for (int i = 0; i < counts.length; i++) {
      long count = (long) counts[i];
      deltas[i] = count - before;
      before = count;
    }
    return deltas;
  }
}
