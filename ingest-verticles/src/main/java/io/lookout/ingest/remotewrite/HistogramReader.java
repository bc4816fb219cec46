package io.lookout.ingest.remotewrite;

import static io.lookout.ingest.protobuf.ProtoReader.FIXED64;
import static io.lookout.ingest.protobuf.ProtoReader.LENGTH_DELIMITED;
import static io.lookout.ingest.protobuf.ProtoReader.VARINT;

import io.lookout.ingest.protobuf.ProtoReader;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the message {@code Histogram}, which is the same in remote write 1.0 and 2.0. Integer
 * histograms carry differences between neighbouring buckets, float histograms the counts
 * themselves; both become counts here. Not thread-safe.
 */
final class HistogramReader {
  /** More than any real histogram has: 160 is the usual bound of clients. A power of two. */
  private static final int MOST_BUCKETS = 1 << 14;

  private static final CounterReset[] RESETS = {
    CounterReset.UNKNOWN, CounterReset.YES, CounterReset.NO, CounterReset.GAUGE
  };

  private long time;
  private long startTime;
  private boolean integer;
  private double count;
  private double zeroCount;
  private double sum;
  private int schema;
  private double zeroThreshold;
  private CounterReset reset = CounterReset.UNKNOWN;
  private final Buckets positive = new Buckets();
  private final Buckets negative = new Buckets();
  private final Numbers customValues = new Numbers();

  /** Time of the histogram read last, ms. */
  long time() {
    return time;
  }

  /** Start time of the histogram read last, ms; 0 where it has none. */
  long startTime() {
    return startTime;
  }

  /** Reads the message that begins with its length here. It is not checked for plausibility. */
  NativeHistogram read(ProtoReader in) {
    clear();
    int outer = in.enter();
    while (in.hasMore()) {
      field(in, in.tag());
    }
    in.leave(outer);
    return new NativeHistogram(
        schema,
        reset,
        integer,
        zeroThreshold,
        zeroCount,
        count,
        sum,
        positive.spans,
        positive.counts(integer),
        negative.spans,
        negative.counts(integer),
        customValues.toArray());
  }

  private void clear() {
    time = 0;
    startTime = 0;
    integer = true;
    count = 0;
    zeroCount = 0;
    sum = 0;
    schema = 0;
    zeroThreshold = 0;
    reset = CounterReset.UNKNOWN;
    positive.clear();
    negative.clear();
    customValues.size = 0;
  }

  /** Field numbers of {@code prompb/types.proto}; 17 is the start timestamp of 2.0. */
  private void field(ProtoReader in, int tag) {
    switch (tag) {
      case 1 << 3 | VARINT -> {
        count = unsigned(in.varint());
        integer = true;
      }
      case 2 << 3 | FIXED64 -> {
        count = in.float64();
        integer = false;
      }
      case 3 << 3 | FIXED64 -> sum = in.float64();
      case 4 << 3 | VARINT -> schema = (int) in.zigzag();
      case 5 << 3 | FIXED64 -> zeroThreshold = in.float64();
      case 6 << 3 | VARINT -> zeroCount = unsigned(in.varint());
      case 7 << 3 | FIXED64 -> zeroCount = in.float64();
      case 8 << 3 | LENGTH_DELIMITED -> negative.span(in);
      case 9 << 3 | VARINT -> negative.delta(in.zigzag());
      case 9 << 3 | LENGTH_DELIMITED -> negative.deltas(in);
      case 10 << 3 | FIXED64 -> negative.floats.add(in.float64());
      case 10 << 3 | LENGTH_DELIMITED -> negative.floats.addPacked(in);
      case 11 << 3 | LENGTH_DELIMITED -> positive.span(in);
      case 12 << 3 | VARINT -> positive.delta(in.zigzag());
      case 12 << 3 | LENGTH_DELIMITED -> positive.deltas(in);
      case 13 << 3 | FIXED64 -> positive.floats.add(in.float64());
      case 13 << 3 | LENGTH_DELIMITED -> positive.floats.addPacked(in);
      case 14 << 3 | VARINT -> reset = reset(in.varint());
      case 15 << 3 | VARINT -> time = in.varint();
      case 16 << 3 | FIXED64 -> customValues.add(in.float64());
      case 16 << 3 | LENGTH_DELIMITED -> customValues.addPacked(in);
      case 17 << 3 | VARINT -> startTime = in.varint();
      default -> in.skip(tag);
    }
  }

  private static CounterReset reset(long hint) {
    return hint >= 0 && hint < RESETS.length ? RESETS[(int) hint] : CounterReset.UNKNOWN;
  }

  private static double unsigned(long n) {
    return n >= 0 ? n : (n >>> 1) * 2.0;
  }

  /** One side of the histogram. */
  private static final class Buckets {
    List<Span> spans = new ArrayList<>();
    final Numbers floats = new Numbers();
    final Numbers integers = new Numbers();
    long lastCount;

    void clear() {
      spans = new ArrayList<>();
      floats.size = 0;
      integers.size = 0;
      lastCount = 0;
    }

    double[] counts(boolean ofIntegers) {
      return ofIntegers ? integers.toArray() : floats.toArray();
    }

    void span(ProtoReader in) {
      int outer = in.enter();
      int offset = 0;
      int length = 0;
      while (in.hasMore()) {
        int tag = in.tag();
        switch (tag) {
          case 1 << 3 | VARINT -> offset = (int) in.zigzag();
          case 2 << 3 | VARINT -> length = (int) in.varint();
          default -> in.skip(tag);
        }
      }
      in.leave(outer);
      requireRoom(spans.size());
      spans.add(new Span(offset, length));
    }

    void deltas(ProtoReader in) {
      int outer = in.enter();
      while (in.hasMore()) {
        delta(in.zigzag());
      }
      in.leave(outer);
    }

    void delta(long delta) {
      lastCount += delta;
      integers.add((double) lastCount);
    }
  }

  private static void requireRoom(int size) {
    if (size == MOST_BUCKETS) {
      throw new LookoutException(
          ErrorCode.BAD_DATA, "a histogram has more than " + MOST_BUCKETS + " buckets");
    }
  }

  /** A column that grows. */
  private static final class Numbers {
    double[] values = new double[32];
    int size;

    void add(double value) {
      if (size == values.length) {
        requireRoom(size);
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = value;
    }

    void addPacked(ProtoReader in) {
      int outer = in.enter();
      while (in.hasMore()) {
        add(in.float64());
      }
      in.leave(outer);
    }

    double[] toArray() {
      return Arrays.copyOf(values, size);
    }
  }
}
