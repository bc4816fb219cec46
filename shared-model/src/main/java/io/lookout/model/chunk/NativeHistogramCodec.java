package io.lookout.model.chunk;

import io.lookout.model.bytes.ByteReader;
import io.lookout.model.bytes.ByteWriter;
import io.lookout.model.bytes.MalformedBytesException;
import io.lookout.model.histogram.HistogramValidity;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * The compact binary form of one native histogram, as the write-ahead log and the bus have it
 * ({@code docs/formats/histogram.md}). Every bit comes back: NaN payloads, negative zero, spans of
 * length 0.
 *
 * <pre>
 *  flags      1 byte    bits 0-1 counter reset, 2 integer, 3 custom buckets, 4 zero bucket follows,
 *                       5 positive buckets follow, 6 negative buckets follow,
 *                       7 all counts are whole: they are varints, else doubles
 *  schema     zigzag    not for custom buckets
 *  count      number
 *  sum        double
 *  zero       threshold as double, number     bit 4
 *  positive   buckets                         bit 5
 *  negative   buckets                         bit 6
 *  bounds     varint n, n × bound             bit 3
 *
 *  buckets    varint n, n × (zigzag offset, varint length), one number a bucket,
 *             whole numbers as zigzag difference to the bucket before
 *  bound      varint 1000 × bound + 1 where that is exact and small, else varint 0, double
 * </pre>
 */
public final class NativeHistogramCodec {
  private static final int INTEGER = 1 << 2;
  private static final int CUSTOM = 1 << 3;
  private static final int ZERO = 1 << 4;
  private static final int POSITIVE = 1 << 5;
  private static final int NEGATIVE = 1 << 6;
  private static final int WHOLE = 1 << 7;
  private static final CounterReset[] RESETS = {
    CounterReset.UNKNOWN, CounterReset.YES, CounterReset.NO, CounterReset.GAUGE
  };
  private static final double MAX_WHOLE = 0x1p53;
  private static final double MAX_SCALED_BOUND = 0x1p40;

  private NativeHistogramCodec() {}

  /**
   * Appends the histogram.
   *
   * @throws IllegalArgumentException where spans and buckets do not agree, see {@link
   *     HistogramValidity}
   */
  public static void write(NativeHistogram h, ByteWriter out) {
    HistogramValidity.requireMatchingSpans(h.positiveSpans(), h.positiveBuckets().length);
    HistogramValidity.requireMatchingSpans(h.negativeSpans(), h.negativeBuckets().length);
    int flags = flags(h);
    boolean whole = (flags & WHOLE) != 0;
    out.putByte(flags);
    if ((flags & CUSTOM) == 0) {
      out.putZigZag(h.schema());
    }
    writeNumber(out, h.count(), whole);
    out.putDouble(h.sum());
    if ((flags & ZERO) != 0) {
      out.putDouble(h.zeroThreshold());
      writeNumber(out, h.zeroCount(), whole);
    }
    if ((flags & POSITIVE) != 0) {
      writeBuckets(out, h.positiveSpans(), h.positiveBuckets(), whole);
    }
    if ((flags & NEGATIVE) != 0) {
      writeBuckets(out, h.negativeSpans(), h.negativeBuckets(), whole);
    }
    if ((flags & CUSTOM) != 0) {
      writeBounds(out, h.customValues());
    }
  }

  private static int flags(NativeHistogram h) {
    boolean whole =
        isWhole(h.count())
            && isWhole(h.zeroCount())
            && areWhole(h.positiveBuckets())
            && areWhole(h.negativeBuckets());
    boolean zero = !isPlainZero(h.zeroThreshold()) || !isPlainZero(h.zeroCount());
    return code(h.counterReset())
        | (h.integer() ? INTEGER : 0)
        | (h.hasCustomBuckets() || h.customValues().length > 0 ? CUSTOM : 0)
        | (zero ? ZERO : 0)
        | (h.positiveSpans().isEmpty() ? 0 : POSITIVE)
        | (h.negativeSpans().isEmpty() ? 0 : NEGATIVE)
        | (whole ? WHOLE : 0);
  }

  /** The index in {@link #RESETS}. */
  private static int code(CounterReset reset) {
    return switch (reset) {
      case UNKNOWN -> 0;
      case YES -> 1;
      case NO -> 2;
      case GAUGE -> 3;
    };
  }

  private static boolean isPlainZero(double value) {
    return Double.doubleToRawLongBits(value) == 0;
  }

  private static boolean isWhole(double value) {
    return value >= -MAX_WHOLE
        && value <= MAX_WHOLE
        && Double.doubleToRawLongBits((double) (long) value) == Double.doubleToRawLongBits(value);
  }

  private static boolean areWhole(double[] values) {
    for (double value : values) {
      if (!isWhole(value)) {
        return false;
      }
    }
    return true;
  }

  private static void writeNumber(ByteWriter out, double value, boolean whole) {
    if (whole) {
      out.putZigZag((long) value);
    } else {
      out.putDouble(value);
    }
  }

  private static void writeBuckets(
      ByteWriter out, List<Span> spans, double[] buckets, boolean whole) {
    out.putVarLong(spans.size());
    for (Span span : spans) {
      out.putZigZag(span.offset()).putVarLong(span.length());
    }
    long before = 0;
    for (double bucket : buckets) {
      if (whole) {
        out.putZigZag((long) bucket - before);
        before = (long) bucket;
      } else {
        out.putDouble(bucket);
      }
    }
  }

  private static void writeBounds(ByteWriter out, double[] bounds) {
    out.putVarLong(bounds.length);
    for (double bound : bounds) {
      double scaled = bound * 1000;
      if (scaled >= 0 && scaled < MAX_SCALED_BOUND && isScaled(bound, scaled)) {
        out.putVarLong((long) scaled + 1);
      } else {
        out.putVarLong(0).putDouble(bound);
      }
    }
  }

  private static boolean isScaled(double bound, double scaled) {
    return scaled == (long) scaled
        && Double.doubleToRawLongBits((long) scaled / 1000.0) == Double.doubleToRawLongBits(bound);
  }

  /**
   * Reads one histogram and leaves the reader behind it.
   *
   * @throws MalformedBytesException for bytes that {@link #write} does not write; memory is never
   *     more than a small multiple of what the reader has left
   */
  public static NativeHistogram read(ByteReader in) {
    int flags = in.readByte();
    boolean whole = (flags & WHOLE) != 0;
    boolean custom = (flags & CUSTOM) != 0;
    int schema = custom ? NativeHistogram.CUSTOM_BUCKETS_SCHEMA : readSchema(in);
    double count = readNumber(in, whole);
    double sum = in.readDouble();
    double zeroThreshold = (flags & ZERO) != 0 ? in.readDouble() : 0;
    double zeroCount = (flags & ZERO) != 0 ? readNumber(in, whole) : 0;
    Buckets positive = (flags & POSITIVE) != 0 ? readBuckets(in, whole) : Buckets.NONE;
    Buckets negative = (flags & NEGATIVE) != 0 ? readBuckets(in, whole) : Buckets.NONE;
    double[] bounds = custom ? readBounds(in) : NO_NUMBERS;
    return new NativeHistogram(
        schema,
        RESETS[flags & 3],
        (flags & INTEGER) != 0,
        zeroThreshold,
        zeroCount,
        count,
        sum,
        positive.spans,
        positive.counts,
        negative.spans,
        negative.counts,
        bounds);
  }

  private static final double[] NO_NUMBERS = {};

  @SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
  private record Buckets(List<Span> spans, double[] counts) {
    static final Buckets NONE = new Buckets(List.of(), NO_NUMBERS);
  }

  private static int readSchema(ByteReader in) {
    int schema = in.readZigZagInt();
    if (!HistogramValidity.isExponentialSchema(schema)) {
      throw new MalformedBytesException("histogram schema " + schema);
    }
    return schema;
  }

  private static double readNumber(ByteReader in, boolean whole) {
    return whole ? in.readZigZag() : in.readDouble();
  }

  private static Buckets readBuckets(ByteReader in, boolean whole) {
    int n = in.readCount(2);
    List<Span> spans = new ArrayList<>(n);
    long buckets = 0;
    for (int i = 0; i < n; i++) {
      int offset = in.readZigZagInt();
      long length = in.readVarLong();
      buckets += length;
      if (length < 0 || buckets > in.remaining() || (i > 0 && offset < 0)) {
        throw new MalformedBytesException("histogram span " + offset + "+" + length);
      }
      spans.add(new Span(offset, (int) length));
    }
    if (!whole && buckets > in.remaining() / 8) {
      throw new MalformedBytesException("histogram of " + buckets + " buckets is cut short");
    }
    return new Buckets(spans, readCounts(in, (int) buckets, whole));
  }

  private static double[] readCounts(ByteReader in, int n, boolean whole) {
    double[] counts = new double[n];
    long before = 0;
    for (int i = 0; i < n; i++) {
      if (whole) {
        before += in.readZigZag();
        counts[i] = before;
      } else {
        counts[i] = in.readDouble();
      }
    }
    return counts;
  }

  private static double[] readBounds(ByteReader in) {
    double[] bounds = new double[in.readCount(1)];
    for (int i = 0; i < bounds.length; i++) {
      long scaled = in.readVarLong();
      bounds[i] = scaled == 0 ? in.readDouble() : (scaled - 1) / 1000.0;
    }
    return bounds;
  }
}
