package io.lookout.app.tsdb;

import io.lookout.model.bytes.MalformedBytesException;
import io.lookout.model.histogram.HistogramValidity;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * A native histogram within a record of a log.
 *
 * <pre>
 *   reset:u8  schema:v  zeroThreshold:u64  zeroCount  count  sum:u64
 *   spans  spans  buckets  buckets  [bounds]                     positive, negative; custom schema
 *   spans   := n:varint  n * (offset:v length:varint)
 *   buckets := n:varint  n numbers             integers: differences to the left neighbour, zigzag
 * </pre>
 *
 * Counts are varints of a histogram of integers, else doubles.
 */
final class HistogramRecord {
  private final RecordBytes in;
  private final boolean integer;

  private HistogramRecord(RecordBytes in, boolean integer) {
    this.in = in;
    this.integer = integer;
  }

  /**
   * @throws MalformedBytesException where the bytes are none
   */
  static NativeHistogram read(RecordBytes in, boolean integer) {
    NativeHistogram histogram = new HistogramRecord(in, integer).histogram();
    try {
      HistogramValidity.requireMatchingSpans(
          histogram.positiveSpans(), histogram.positiveBuckets().length);
      HistogramValidity.requireMatchingSpans(
          histogram.negativeSpans(), histogram.negativeBuckets().length);
    } catch (IllegalArgumentException e) {
      throw new MalformedBytesException("a histogram: " + e.getMessage());
    }
    return histogram;
  }

  private NativeHistogram histogram() {
    CounterReset reset =
        switch (in.readByte()) {
          case 1 -> CounterReset.YES;
          case 2 -> CounterReset.NO;
          case 3 -> CounterReset.GAUGE;
          default -> CounterReset.UNKNOWN;
        };
    int schema = in.readVarint32();
    double zeroThreshold = in.readDouble();
    double zeroCount = count();
    double count = count();
    double sum = in.readDouble();
    List<Span> positive = spans();
    List<Span> negative = spans();
    double[] positiveBuckets = buckets();
    double[] negativeBuckets = buckets();
    boolean custom = schema == NativeHistogram.CUSTOM_BUCKETS_SCHEMA;
    return new NativeHistogram(
        schema,
        reset,
        integer,
        zeroThreshold,
        zeroCount,
        count,
        sum,
        positive,
        positiveBuckets,
        negative,
        negativeBuckets,
        custom ? doubles() : new double[0]);
  }

  private double count() {
    return integer ? in.readUvarint() : in.readDouble();
  }

  private List<Span> spans() {
    int n = in.readCount(2);
    List<Span> spans = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      int offset = in.readVarint32();
      long length = in.readUvarint();
      if (length < 0 || length > Integer.MAX_VALUE) {
        throw new MalformedBytesException("a span of " + length + " buckets");
      }
      spans.add(new Span(offset, (int) length));
    }
    return spans;
  }

  private double[] buckets() {
    if (!integer) {
      return doubles();
    }
    double[] buckets = new double[in.readCount(1)];
    long count = 0;
    for (int i = 0; i < buckets.length; i++) {
      count += in.readVarint();
      buckets[i] = count;
    }
    return buckets;
  }

  private double[] doubles() {
    double[] numbers = new double[in.readCount(8)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readDouble();
    }
    return numbers;
  }
}
