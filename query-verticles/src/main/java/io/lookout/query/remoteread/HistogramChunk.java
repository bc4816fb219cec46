package io.lookout.query.remoteread;

import io.lookout.model.SampleColumns;
import io.lookout.model.histogram.CounterResets;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Native histograms as Prometheus's chunks of encodings 2 (integers) and 3 (floats) have them:
 * {@code tsdb/docs/format/chunks.md}. All histograms of a chunk have the same buckets, and no
 * counter is reset within it.
 *
 * <pre>
 *   samples (2 bytes) | reset (2 bits, then 6 of 0) | layout | time and counts in full | times and
 *   counts as they change | …
 * </pre>
 */
final class HistogramChunk {
  private static final int RESET = 0b10;
  private static final int NO_RESET = 0b01;
  private static final int GAUGE = 0b11;
  private static final int UNKNOWN = 0b00;

  /** The exponents of thresholds that are a power of two and take one byte. */
  private static final int LOWEST_EXPONENT = -243;

  private static final int HIGHEST_EXPONENT = 10;

  private final BitWriter out;
  private final IntegerCounts integers = new IntegerCounts();
  private final FloatCounts floats = new FloatCounts();

  HistogramChunk(BitWriter out) {
    this.out = out;
  }

  /** Whether two neighbours may be in one chunk. */
  static boolean together(NativeHistogram a, NativeHistogram b) {
    boolean gauge = a.counterReset() == CounterReset.GAUGE;
    return a.integer() == b.integer()
        && a.schema() == b.schema()
        && a.zeroThreshold() == b.zeroThreshold()
        && a.positiveSpans().equals(b.positiveSpans())
        && a.negativeSpans().equals(b.negativeSpans())
        && Arrays.equals(a.customValues(), b.customValues())
        && !SampleColumns.isStale(a.sum())
        && !SampleColumns.isStale(b.sum())
        && gauge == (b.counterReset() == CounterReset.GAUGE)
        && (gauge || (b.counterReset() != CounterReset.YES && !CounterResets.hasDecrease(a, b)));
  }

  /** Encodes the samples [from, to), each of them {@link #together} with the one before. */
  byte[] encode(SampleColumns samples, int from, int to) {
    NativeHistogram first = at(samples, from);
    out.clear();
    out.bits(0, 16);
    out.count(to - from);
    out.bits(header(first.counterReset()), 2);
    out.bits(0, 6);
    layout(first);
    Counts counts = first.integer() ? integers : floats;
    Varbits.signed(samples.times[from], out);
    counts.begin(first, out);
    long before = 0;
    for (int i = from + 1; i < to; i++) {
      long delta = samples.times[i] - samples.times[i - 1];
      Varbits.signed(delta - before, out);
      before = delta;
      counts.next(at(samples, i), out);
    }
    return out.toByteArray();
  }

  private static NativeHistogram at(SampleColumns samples, int i) {
    return Objects.requireNonNull(samples.histogram(i));
  }

  private static int header(CounterReset reset) {
    return switch (reset) {
      case UNKNOWN -> UNKNOWN;
      case YES -> RESET;
      case NO -> NO_RESET;
      case GAUGE -> GAUGE;
    };
  }

  private void layout(NativeHistogram h) {
    if (SampleColumns.isStale(h.sum())) {
      // The end of a series has no buckets, whatever the sender wrote into them.
      out.bits(0, 8);
      Varbits.signed(0, out);
      spans(List.of());
      spans(List.of());
      return;
    }
    zeroThreshold(h.zeroThreshold());
    Varbits.signed(h.schema(), out);
    spans(h.positiveSpans());
    spans(h.negativeSpans());
    if (h.hasCustomBuckets()) {
      Varbits.unsigned(h.customValues().length, out);
      for (double bound : h.customValues()) {
        out.bit(0);
        out.float64(bound);
      }
    }
  }

  /** 0, or a power of two as its exponent in one byte, or 255 and the number. */
  private void zeroThreshold(double threshold) {
    int exponent = Math.getExponent(threshold);
    if (threshold == 0) {
      out.bits(0, 8);
    } else if (threshold == Math.scalb(1.0, exponent)
        && exponent >= LOWEST_EXPONENT
        && exponent <= HIGHEST_EXPONENT) {
      out.bits(exponent - LOWEST_EXPONENT + 1, 8);
    } else {
      out.bits(255, 8);
      out.float64(threshold);
    }
  }

  private void spans(List<Span> spans) {
    Varbits.unsigned(spans.size(), out);
    for (Span span : spans) {
      Varbits.unsigned(span.length(), out);
      Varbits.signed(span.offset(), out);
    }
  }

  /** The numbers of a histogram. */
  private interface Counts {
    void begin(NativeHistogram h, BitWriter out);

    void next(NativeHistogram h, BitWriter out);
  }

  /** Counts as differences of differences; buckets as differences to their neighbour besides. */
  private static final class IntegerCounts implements Counts {
    private final XorColumn sum = new XorColumn();
    private long[] last = new long[2];
    private long[] deltas = new long[2];

    @Override
    public void begin(NativeHistogram h, BitWriter out) {
      last = numbers(h);
      deltas = new long[last.length];
      Varbits.unsigned(last[0], out);
      Varbits.unsigned(last[1], out);
      sum.begin(h.sum(), out);
      for (int i = 2; i < last.length; i++) {
        Varbits.signed(last[i], out);
      }
    }

    @Override
    public void next(NativeHistogram h, BitWriter out) {
      long[] numbers = numbers(h);
      for (int i = 0; i < numbers.length; i++) {
        long delta = numbers[i] - last[i];
        Varbits.signed(delta - deltas[i], out);
        deltas[i] = delta;
        if (i == 1) {
          sum.next(h.sum(), out);
        }
      }
      last = numbers;
    }

    /** Count, zero count, and the buckets as differences. */
    private static long[] numbers(NativeHistogram h) {
      boolean stale = SampleColumns.isStale(h.sum());
      int positive = stale ? 0 : h.positiveBuckets().length;
      int negative = stale ? 0 : h.negativeBuckets().length;
      long[] numbers = new long[2 + positive + negative];
      numbers[0] = stale ? 0 : (long) h.count();
      numbers[1] = stale ? 0 : (long) h.zeroCount();
      differences(h.positiveBuckets(), positive, numbers, 2);
      differences(h.negativeBuckets(), negative, numbers, 2 + positive);
      return numbers;
    }

    private static void differences(double[] buckets, int n, long[] to, int at) {
      long before = 0;
      for (int i = 0; i < n; i++) {
        to[at + i] = (long) buckets[i] - before;
        before = (long) buckets[i];
      }
    }
  }

  /** Every number a column of its own. */
  private static final class FloatCounts implements Counts {
    private XorColumn[] columns = new XorColumn[0];

    @Override
    public void begin(NativeHistogram h, BitWriter out) {
      double[] numbers = numbers(h);
      columns = new XorColumn[numbers.length];
      for (int i = 0; i < numbers.length; i++) {
        columns[i] = new XorColumn();
        columns[i].begin(numbers[i], out);
      }
    }

    @Override
    public void next(NativeHistogram h, BitWriter out) {
      double[] numbers = numbers(h);
      for (int i = 0; i < numbers.length; i++) {
        columns[i].next(numbers[i], out);
      }
    }

    private static double[] numbers(NativeHistogram h) {
      boolean stale = SampleColumns.isStale(h.sum());
      int positive = stale ? 0 : h.positiveBuckets().length;
      int negative = stale ? 0 : h.negativeBuckets().length;
      double[] numbers = new double[3 + positive + negative];
      numbers[0] = stale ? 0 : h.count();
      numbers[1] = stale ? 0 : h.zeroCount();
      numbers[2] = h.sum();
      System.arraycopy(h.positiveBuckets(), 0, numbers, 3, positive);
      System.arraycopy(h.negativeBuckets(), 0, numbers, 3 + positive, negative);
      return numbers;
    }
  }
}
