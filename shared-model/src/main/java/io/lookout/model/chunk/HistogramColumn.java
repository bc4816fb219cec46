package io.lookout.model.chunk;

import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A column of native histograms: runs of histograms of the same layout, and within a run a column
 * of doubles for each number, so that a bucket is packed with itself over time.
 *
 * <pre>
 *   32 runs  run*                          until the chunk's count is reached
 *   run     := length:varint layout zeroCount:doubles count:doubles sum:doubles bucket:doubles*
 *   layout  := schema:zigzag flags:u8 zeroThreshold:u64 spans spans
 *              positives:varint negatives:varint customs:varint customs * bound:u64
 *   spans   := count:varint count * (offset:zigzag length:varint)
 *   flags   := bits 0-1 counter reset (unknown, yes, no, gauge), bit 2 integer
 * </pre>
 */
final class HistogramColumn {
  static final int RUNS = 32;

  /** Numbers in the histograms of one chunk: bounds what a decoder allocates. */
  private static final long MAX_CELLS = 1L << 24;

  private static final int INTEGER = 4;

  private final DoubleColumn doubles;
  private double[] cells = new double[128];

  HistogramColumn(DoubleColumn doubles) {
    this.doubles = doubles;
  }

  /** Writes {@code h[from..from+n)}. */
  void write(ColumnWriter out, @Nullable NativeHistogram[] h, int from, int n) {
    out.writeByte(RUNS);
    int at = from;
    while (at < from + n) {
      NativeHistogram layout = Objects.requireNonNull(h[at]);
      int end = at + 1;
      while (end < from + n && sameLayout(layout, Objects.requireNonNull(h[end]))) {
        end++;
      }
      writeRun(out, h, at, end - at);
      at = end;
    }
  }

  private static boolean sameLayout(NativeHistogram a, NativeHistogram b) {
    return a.schema() == b.schema()
        && a.counterReset() == b.counterReset()
        && a.integer() == b.integer()
        && Double.doubleToRawLongBits(a.zeroThreshold())
            == Double.doubleToRawLongBits(b.zeroThreshold())
        && a.positiveBuckets().length == b.positiveBuckets().length
        && a.negativeBuckets().length == b.negativeBuckets().length
        && a.positiveSpans().equals(b.positiveSpans())
        && a.negativeSpans().equals(b.negativeSpans())
        && Arrays.equals(a.customValues(), b.customValues());
  }

  private void writeRun(ColumnWriter out, @Nullable NativeHistogram[] h, int from, int n) {
    NativeHistogram layout = Objects.requireNonNull(h[from]);
    out.writeVarint(n);
    writeLayout(out, layout);
    int positives = layout.positiveBuckets().length;
    int columns = 3 + positives + layout.negativeBuckets().length;
    if (n > cells.length) {
      cells = new double[n];
    }
    for (int column = 0; column < columns; column++) {
      for (int i = 0; i < n; i++) {
        cells[i] = cell(Objects.requireNonNull(h[from + i]), column, positives);
      }
      doubles.write(out, cells, 0, n);
    }
  }

  private static double cell(NativeHistogram h, int column, int positives) {
    return switch (column) {
      case 0 -> h.zeroCount();
      case 1 -> h.count();
      case 2 -> h.sum();
      default -> {
        int bucket = column - 3;
        yield bucket < positives
            ? h.positiveBuckets()[bucket]
            : h.negativeBuckets()[bucket - positives];
      }
    };
  }

  private static void writeLayout(ColumnWriter out, NativeHistogram h) {
    out.writeZigzag(h.schema());
    out.writeByte(resetBits(h.counterReset()) | (h.integer() ? INTEGER : 0));
    out.writeDouble(h.zeroThreshold());
    writeSpans(out, h.positiveSpans());
    writeSpans(out, h.negativeSpans());
    out.writeVarint(h.positiveBuckets().length);
    out.writeVarint(h.negativeBuckets().length);
    out.writeVarint(h.customValues().length);
    for (double bound : h.customValues()) {
      out.writeDouble(bound);
    }
  }

  private static int resetBits(CounterReset reset) {
    return switch (reset) {
      case UNKNOWN -> 0;
      case YES -> 1;
      case NO -> 2;
      case GAUGE -> 3;
    };
  }

  private static CounterReset reset(int bits) {
    return switch (bits) {
      case 0 -> CounterReset.UNKNOWN;
      case 1 -> CounterReset.YES;
      case 2 -> CounterReset.NO;
      default -> CounterReset.GAUGE;
    };
  }

  private static void writeSpans(ColumnWriter out, List<Span> spans) {
    out.writeVarint(spans.size());
    for (Span span : spans) {
      out.writeZigzag(span.offset());
      out.writeVarint(span.length());
    }
  }

  /** Reads {@code n} histograms into {@code out[to..)}. */
  void read(ColumnReader in, @Nullable NativeHistogram[] out, int to, int n) {
    if (in.readByte() != RUNS) {
      throw ColumnReader.corrupt("no column of histograms");
    }
    long budget = MAX_CELLS;
    int done = 0;
    while (done < n) {
      int length = in.readCount(n - done);
      if (length == 0) {
        throw ColumnReader.corrupt("an empty run");
      }
      budget -= readRun(in, out, to + done, length, budget);
      done += length;
    }
  }

  private long readRun(
      ColumnReader in, @Nullable NativeHistogram[] out, int to, int n, long budget) {
    int schema = (int) in.readZigzag();
    int flags = in.readByte();
    double zeroThreshold = in.readDouble();
    List<Span> positiveSpans = readSpans(in);
    List<Span> negativeSpans = readSpans(in);
    int positives = in.readCount(in.remaining());
    int negatives = in.readCount(in.remaining());
    double[] customs = new double[in.readCount(in.remaining() / 8)];
    for (int i = 0; i < customs.length; i++) {
      customs[i] = in.readDouble();
    }
    long used = (3L + positives + negatives) * n;
    if (used > budget || positives + negatives > in.remaining()) {
      throw ColumnReader.corrupt("histograms of too many buckets");
    }
    double[] numbers = new double[3 * n];
    for (int column = 0; column < 3; column++) {
      doubles.read(in, numbers, column * n, n);
    }
    double[][] positive = readBuckets(in, positives, n);
    double[][] negative = readBuckets(in, negatives, n);
    for (int i = 0; i < n; i++) {
      out[to + i] =
          new NativeHistogram(
              schema,
              reset(flags & 3),
              (flags & INTEGER) != 0,
              zeroThreshold,
              numbers[i],
              numbers[n + i],
              numbers[2 * n + i],
              positiveSpans,
              positive[i],
              negativeSpans,
              negative[i],
              customs);
    }
    return used;
  }

  private static List<Span> readSpans(ColumnReader in) {
    int count = in.readCount(in.remaining() / 2);
    List<Span> spans = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int offset = (int) in.readZigzag();
      spans.add(new Span(offset, in.readCount(Integer.MAX_VALUE)));
    }
    return spans;
  }

  /** The buckets of n histograms, from columns of one bucket each. */
  private double[][] readBuckets(ColumnReader in, int buckets, int n) {
    double[][] histograms = new double[n][buckets];
    if (n > cells.length) {
      cells = new double[n];
    }
    for (int bucket = 0; bucket < buckets; bucket++) {
      doubles.read(in, cells, 0, n);
      for (int i = 0; i < n; i++) {
        histograms[i][bucket] = cells[i];
      }
    }
    return histograms;
  }
}
