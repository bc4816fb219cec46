package io.lookout.ingest.remotewrite;

import static io.lookout.ingest.protobuf.ProtoReader.FIXED64;
import static io.lookout.ingest.protobuf.ProtoReader.LENGTH_DELIMITED;
import static io.lookout.ingest.protobuf.ProtoReader.VARINT;

import io.lookout.ingest.protobuf.BucketColumns;
import io.lookout.ingest.protobuf.NumberColumn;
import io.lookout.ingest.protobuf.ProtoReader;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;

/**
 * Reads the message {@code Histogram}, which is the same in remote write 1.0 and 2.0. Integer
 * histograms carry differences between neighbouring buckets, float histograms the counts
 * themselves; both become counts here. Not thread-safe.
 */
final class HistogramReader {
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
  private final BucketColumns positive = new BucketColumns();
  private final BucketColumns negative = new BucketColumns();
  private final NumberColumn customValues = new NumberColumn();

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
        positive.spans(),
        positive.counts(integer),
        negative.spans(),
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
    customValues.clear();
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
      case 10 << 3 | FIXED64 -> negative.count(in.float64());
      case 10 << 3 | LENGTH_DELIMITED -> negative.counts(in);
      case 11 << 3 | LENGTH_DELIMITED -> positive.span(in);
      case 12 << 3 | VARINT -> positive.delta(in.zigzag());
      case 12 << 3 | LENGTH_DELIMITED -> positive.deltas(in);
      case 13 << 3 | FIXED64 -> positive.count(in.float64());
      case 13 << 3 | LENGTH_DELIMITED -> positive.counts(in);
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
}
