package io.lookout.query.remoteread;

import io.lookout.model.SampleColumns;
import io.lookout.model.bytes.MalformedBytesException;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes Prometheus's chunks, after {@code tsdb/docs/format/chunks.md}. Bytes that are none fail
 * with {@link MalformedBytesException}, and allocate no more than they could hold.
 */
public final class ChunkReader {
  private static final int FLOATS = 1;
  private static final int INTEGER_HISTOGRAMS = 2;
  private static final int FLOAT_HISTOGRAMS = 3;

  private static final int[] TIME_WIDTHS = {0, 14, 17, 20, 64};

  private final BitReader in;
  private final SampleColumns samples;

  private ChunkReader(byte[] chunk, SampleColumns samples) {
    this.in = new BitReader(chunk);
    this.samples = samples;
  }

  /**
   * Appends the samples of a chunk.
   *
   * @param encoding 1 floats, 2 histograms of integers, 3 of floats
   * @throws MalformedBytesException where the bytes are no such chunk
   */
  public static void read(int encoding, byte[] chunk, SampleColumns samples) {
    ChunkReader reader = new ChunkReader(chunk, samples);
    switch (encoding) {
      case FLOATS -> reader.floats();
      case INTEGER_HISTOGRAMS -> reader.histograms(true);
      case FLOAT_HISTOGRAMS -> reader.histograms(false);
      default -> throw new MalformedBytesException("a chunk of the unknown encoding " + encoding);
    }
  }

  /** A column of floats. */
  private final class Xor {
    long last = in.bits(64);
    int leading;
    int width;

    double value() {
      return Double.longBitsToDouble(last);
    }

    double next() {
      if (in.bits(1) == 1) {
        if (in.bits(1) == 1) {
          leading = (int) in.bits(5);
          width = (int) in.bits(6);
          width = width == 0 ? 64 : width;
        }
        last ^= in.bits(width) << (64 - leading - width);
      }
      return value();
    }
  }

  private void floats() {
    int n = (int) in.bits(16);
    if (n == 0) {
      return;
    }
    long time = in.zigzag();
    Xor values = new Xor();
    samples.add(time, values.value());
    long delta = 0;
    for (int i = 1; i < n; i++) {
      delta = i == 1 ? in.varint() : delta + in.signed(TIME_WIDTHS[in.ones(4)]);
      time += delta;
      samples.add(time, values.next());
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Numbers that are read and never compared.
  private record Layout(
      double zeroThreshold, int schema, List<Span> positive, List<Span> negative, double[] custom) {
    static int buckets(List<Span> spans) {
      return spans.stream().mapToInt(Span::length).sum();
    }

    /** Each takes a bit of each sample at least. */
    void check(BitReader in) {
      long buckets = 0;
      for (List<Span> spans : List.of(positive, negative)) {
        for (Span span : spans) {
          buckets += span.length();
        }
      }
      in.need(buckets);
    }

    int numbers() {
      return 2 + buckets(positive) + buckets(negative);
    }
  }

  private void histograms(boolean integer) {
    int n = (int) in.bits(16);
    if (n == 0) {
      return;
    }
    int header = (int) in.bits(2);
    in.bits(6);
    Layout layout = layout();
    layout.check(in);
    long time = in.varbitSigned();
    long delta = 0;
    Row row = integer ? new IntegerRow(layout.numbers()) : new FloatRow(layout.numbers());
    for (int i = 0; i < n; i++) {
      if (i > 0) {
        delta += in.varbitSigned();
        time += delta;
        row.next();
      }
      samples.add(time, histogram(layout, row, hint(header, i), integer));
    }
  }

  private static CounterReset hint(int header, int i) {
    return switch (header) {
      case 0b11 -> CounterReset.GAUGE;
      case 0b10 -> i == 0 ? CounterReset.YES : CounterReset.NO;
      case 0b01 -> CounterReset.NO;
      default -> i == 0 ? CounterReset.UNKNOWN : CounterReset.NO;
    };
  }

  private Layout layout() {
    int exponent = (int) in.bits(8);
    double threshold =
        exponent == 0 ? 0 : exponent == 255 ? in.float64() : Math.scalb(0.5, exponent - 243);
    int schema = (int) in.varbitSigned();
    List<Span> positive = spans();
    List<Span> negative = spans();
    return new Layout(threshold, schema, positive, negative, custom(schema));
  }

  /** Bounds of three decimals at most, one more than their thousands; others in full after a 0. */
  private double[] custom(int schema) {
    if (schema != NativeHistogram.CUSTOM_BUCKETS_SCHEMA) {
      return new double[0];
    }
    double[] custom = new double[in.need(in.varbitUnsigned())];
    for (int i = 0; i < custom.length; i++) {
      int ones = in.ones(8);
      custom[i] = ones == 0 ? in.float64() : (in.varbitUnsigned(ones) - 1) / 1000.0;
    }
    return custom;
  }

  private List<Span> spans() {
    List<Span> spans = new ArrayList<>();
    for (long n = in.varbitUnsigned(); n > 0; n--) {
      int length = in.need(in.varbitUnsigned());
      spans.add(new Span((int) in.varbitSigned(), length));
    }
    return spans;
  }

  /** The numbers of a histogram: count, zero count, buckets; and the sum. */
  private interface Row {
    void next();

    double sum();

    double number(int i);

    /** Of differences to the neighbour, or of numbers as they are. */
    default double[] buckets(int from, int n) {
      double[] buckets = new double[n];
      for (int i = 0; i < n; i++) {
        buckets[i] = number(from + i);
      }
      return buckets;
    }
  }

  private final class IntegerRow implements Row {
    final long[] numbers;
    final long[] deltas;
    final Xor sum;

    IntegerRow(int n) {
      numbers = new long[n];
      deltas = new long[n];
      numbers[0] = in.varbitUnsigned();
      numbers[1] = in.varbitUnsigned();
      sum = new Xor();
      for (int i = 2; i < n; i++) {
        numbers[i] = in.varbitSigned();
      }
    }

    @Override
    public void next() {
      for (int i = 0; i < numbers.length; i++) {
        deltas[i] += in.varbitSigned();
        numbers[i] += deltas[i];
        if (i == 1) {
          sum.next();
        }
      }
    }

    @Override
    public double sum() {
      return sum.value();
    }

    @Override
    public double number(int i) {
      return numbers[i];
    }

    @Override
    public double[] buckets(int from, int n) {
      double[] buckets = new double[n];
      long sum = 0;
      for (int i = 0; i < n; i++) {
        sum += numbers[from + i];
        buckets[i] = sum;
      }
      return buckets;
    }
  }

  private final class FloatRow implements Row {
    final Xor[] columns;

    FloatRow(int n) {
      columns = new Xor[n + 1];
      for (int i = 0; i <= n; i++) {
        columns[i] = new Xor();
      }
    }

    @Override
    public void next() {
      for (Xor column : columns) {
        column.next();
      }
    }

    @Override
    public double sum() {
      return columns[2].value();
    }

    @Override
    public double number(int i) {
      return columns[i < 2 ? i : i + 1].value();
    }
  }

  private static NativeHistogram histogram(
      Layout layout, Row row, CounterReset hint, boolean integer) {
    int positive = Layout.buckets(layout.positive());
    int negative = Layout.buckets(layout.negative());
    return new NativeHistogram(
        layout.schema(),
        hint,
        integer,
        layout.zeroThreshold(),
        row.number(1),
        row.number(0),
        row.sum(),
        layout.positive(),
        row.buckets(2, positive),
        layout.negative(),
        row.buckets(2 + positive, negative),
        layout.custom());
  }
}
