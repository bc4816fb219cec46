package io.lookout.ingest.exposition;

import static io.lookout.ingest.protobuf.ProtoReader.FIXED64;
import static io.lookout.ingest.protobuf.ProtoReader.LENGTH_DELIMITED;
import static io.lookout.ingest.protobuf.ProtoReader.VARINT;

import io.lookout.ingest.protobuf.BucketColumns;
import io.lookout.ingest.protobuf.NumberColumn;
import io.lookout.ingest.protobuf.ProtoReader;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.histogram.HistogramValidity;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads messages {@code Histogram} of the client model, whose one message holds classic buckets,
 * native ones, or both. Not thread-safe.
 */
final class ProtobufHistogram {
  private static final double[] NO_BOUNDS = {};

  private final ProtobufExemplar exemplarReader;
  private final NumberColumn bounds = new NumberColumn();
  private final NumberColumn cumulative = new NumberColumn();
  private final List<List<Exemplar>> bucketExemplars = new ArrayList<>();
  private final List<Exemplar> nativeExemplars = new ArrayList<>();
  private final BucketColumns positive = new BucketColumns();
  private final BucketColumns negative = new BucketColumns();

  private boolean integer;
  private double count;
  private double sum;
  private int schema;
  private double zeroThreshold;
  private double zeroCount;
  private boolean spans;
  private long startTime;

  ProtobufHistogram(ProtobufExemplar exemplarReader) {
    this.exemplarReader = exemplarReader;
  }

  double count() {
    return count;
  }

  double sum() {
    return sum;
  }

  long startTime() {
    return startTime;
  }

  /** Classic buckets. */
  int buckets() {
    return bounds.size();
  }

  double bound(int i) {
    return bounds.get(i);
  }

  double cumulative(int i) {
    return cumulative.get(i);
  }

  List<Exemplar> exemplars(int i) {
    return bucketExemplars.get(i);
  }

  /** Those of the histogram itself; where there are none, those of its classic buckets. */
  List<Exemplar> allExemplars() {
    return nativeExemplars.isEmpty()
        ? bucketExemplars.stream().flatMap(List::stream).toList()
        : List.copyOf(nativeExemplars);
  }

  /** Whether there are native buckets: an empty one says so by a span or a zero threshold. */
  boolean isNative() {
    return spans || zeroThreshold > 0 || zeroCount > 0;
  }

  /**
   * The native buckets.
   *
   * @throws LookoutException with {@link ErrorCode#BAD_DATA} where they are no valid histogram
   */
  NativeHistogram toHistogram() {
    NativeHistogram histogram =
        new NativeHistogram(
            schema,
            CounterReset.UNKNOWN,
            integer,
            zeroThreshold,
            zeroCount,
            count,
            sum,
            positive.spans(),
            positive.counts(integer),
            negative.spans(),
            negative.counts(integer),
            NO_BOUNDS);
    try {
      HistogramValidity.check(histogram);
    } catch (IllegalArgumentException e) {
      throw new LookoutException(ErrorCode.BAD_DATA, String.valueOf(e.getMessage()), e);
    }
    return histogram;
  }

  private void clear() {
    bounds.clear();
    cumulative.clear();
    bucketExemplars.clear();
    nativeExemplars.clear();
    positive.clear();
    negative.clear();
    integer = true;
    count = 0;
    sum = 0;
    schema = 0;
    zeroThreshold = 0;
    zeroCount = 0;
    spans = false;
    startTime = 0;
  }

  /** Reads the message that begins with its length here. */
  void read(ProtoReader in) {
    clear();
    int outer = in.enter();
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag >>> 3 < 9 || tag >>> 3 > 14) {
        field(in, tag);
      } else {
        nativeField(in, tag);
      }
    }
    in.leave(outer);
  }

  private void field(ProtoReader in, int tag) {
    switch (tag) {
      case 1 << 3 | VARINT -> count = unsigned(in.varint());
      case 2 << 3 | FIXED64 -> sum = in.float64();
      case 3 << 3 | LENGTH_DELIMITED -> bucket(in);
      case 4 << 3 | FIXED64 -> floatCount(in.float64());
      case 5 << 3 | VARINT -> schema = (int) in.zigzag();
      case 6 << 3 | FIXED64 -> zeroThreshold = in.float64();
      case 7 << 3 | VARINT -> zeroCount = unsigned(in.varint());
      case 8 << 3 | FIXED64 -> floatZeroCount(in.float64());
      case 15 << 3 | LENGTH_DELIMITED -> startTime = exemplarReader.timestamp(in);
      case 16 << 3 | LENGTH_DELIMITED -> nativeExemplars.addAll(exemplarReader.read(in));
      default -> in.skip(tag);
    }
  }

  private void nativeField(ProtoReader in, int tag) {
    switch (tag) {
      case 9 << 3 | LENGTH_DELIMITED -> span(in, negative);
      case 10 << 3 | VARINT -> negative.delta(in.zigzag());
      case 10 << 3 | LENGTH_DELIMITED -> negative.deltas(in);
      case 11 << 3 | FIXED64 -> negative.count(in.float64());
      case 11 << 3 | LENGTH_DELIMITED -> negative.counts(in);
      case 12 << 3 | LENGTH_DELIMITED -> span(in, positive);
      case 13 << 3 | VARINT -> positive.delta(in.zigzag());
      case 13 << 3 | LENGTH_DELIMITED -> positive.deltas(in);
      case 14 << 3 | FIXED64 -> positive.count(in.float64());
      case 14 << 3 | LENGTH_DELIMITED -> positive.counts(in);
      default -> in.skip(tag);
    }
  }

  private void span(ProtoReader in, BucketColumns side) {
    spans = true;
    side.span(in);
  }

  /** A count that is not 0 makes it a histogram of floats. */
  private void floatCount(double value) {
    if (value > 0) {
      integer = false;
      count = value;
    }
  }

  private void floatZeroCount(double value) {
    if (value > 0) {
      integer = false;
      zeroCount = value;
    }
  }

  private void bucket(ProtoReader in) {
    int outer = in.enter();
    double counted = 0;
    double bound = 0;
    List<Exemplar> exemplars = List.of();
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case 1 << 3 | VARINT -> counted = unsigned(in.varint());
        case 2 << 3 | FIXED64 -> bound = in.float64();
        case 3 << 3 | LENGTH_DELIMITED -> exemplars = exemplarReader.read(in);
        case 4 << 3 | FIXED64 -> {
          double fraction = in.float64();
          counted = fraction > 0 ? fraction : counted;
        }
        default -> in.skip(tag);
      }
    }
    in.leave(outer);
    bounds.add(bound);
    cumulative.add(counted);
    bucketExemplars.add(exemplars);
  }

  static double unsigned(long n) {
    return n >= 0 ? n : (n >>> 1) * 2.0;
  }
}
