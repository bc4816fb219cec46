package io.lookout.app.differential;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.lookout.model.Labels;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A series of native histograms that grows from round to round, and sometimes starts anew.
 *
 * @param kind what is special about it
 * @param schema exponential (0 to 8) or −53 for custom bounds
 * @param counts round → count of each bucket from {@link #FIRST} on; null where there is no sample
 * @param zeros round → count of the zero bucket
 * @param sums round → sum
 */
@SuppressWarnings("ArrayRecordComponent") // Columns, filled by the generator of the series.
record NativeSeries(
    Labels labels, Kind kind, int schema, long[][] counts, long[] zeros, double[] sums) {
  /** What a series of histograms may be beside a counter. */
  enum Kind {
    COUNTER,
    /** Marked as a gauge. */
    GAUGE,
    /** Other custom bounds every so often. */
    SHIFTING,
    /** Only in every other stretch of rounds: a series of floats has the others. */
    ALTERNATING
  }

  /** Rounds of a stretch: a multiple of what one request carries. */
  static final int STRETCH = 60;

  private static final int CUSTOM = -53;
  private static final int FIRST = -3;
  private static final int BUCKETS = 8;
  private static final double[] BOUNDS = {0.1, 0.25, 0.5, 1, 2.5, 5, 10};
  private static final double[] OTHER_BOUNDS = {0.1, 0.25, 0.75, 1, 2.5, 7.5, 10};
  private static final int GAUGE_HINT = 3;

  static NativeSeries of(Labels labels, Kind kind, int schema, SplittableRandom random) {
    int rounds = DataSet.rounds();
    NativeSeries series =
        new NativeSeries(
            labels, kind, schema, new long[rounds][], new long[rounds], new double[rounds]);
    long[] total = fresh();
    long zero = 0;
    double sum = 0;
    for (int round = 0; round < rounds; round++) {
      if (random.nextInt(150) == 0) {
        reset(total);
        zero /= 2;
        sum /= 2;
      }
      for (int i = 0; i < BUCKETS; i++) {
        int more = random.nextInt(4);
        total[i] += more;
        sum += more * (i + 0.5);
      }
      zero += schema == CUSTOM ? 0 : random.nextInt(2);
      boolean absent = kind == Kind.ALTERNATING && isOdd(round);
      if (random.nextInt(40) != 0 && !absent) {
        series.counts[round] = total.clone();
        series.zeros[round] = zero;
        series.sums[round] = sum;
      }
    }
    return series;
  }

  /**
   * To half of what it was, not to zero: whether extrapolation of a histogram stops where its count
   * was zero is something that releases of Prometheus differ in.
   */
  private static void reset(long[] total) {
    for (int i = 0; i < BUCKETS; i++) {
      total[i] /= 2;
    }
  }

  private static long[] fresh() {
    long[] total = new long[BUCKETS];
    Arrays.fill(total, 1_000);
    return total;
  }

  /** Whether a round is in an odd stretch. */
  static boolean isOdd(int round) {
    return round / STRETCH % 2 == 1;
  }

  boolean present(int round) {
    return counts[round] != null;
  }

  /** A {@code prometheus.Histogram}. */
  ByteString message(int round, long time) throws IOException {
    ByteString.Output message = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(message);
    boolean custom = schema == CUSTOM;
    long total = zeros[round];
    for (long count : counts[round]) {
      total += count;
    }
    out.writeUInt64(1, total);
    out.writeDouble(3, sums[round]);
    out.writeSInt32(4, schema);
    out.writeDouble(5, custom ? 0 : 0.001);
    out.writeUInt64(6, zeros[round]);
    out.writeBytes(11, span(custom ? 0 : FIRST));
    long before = 0;
    for (long count : counts[round]) {
      out.writeSInt64(12, count - before);
      before = count;
    }
    if (kind == Kind.GAUGE) {
      out.writeEnum(14, GAUGE_HINT);
    }
    out.writeInt64(15, time);
    double[] bounds = kind == Kind.SHIFTING && isOdd(round) ? OTHER_BOUNDS : BOUNDS;
    for (double bound : custom ? bounds : new double[0]) {
      out.writeDouble(16, bound);
    }
    out.flush();
    return message.toByteString();
  }

  private static ByteString span(int offset) throws IOException {
    ByteString.Output message = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(message);
    out.writeSInt32(1, offset);
    out.writeUInt32(2, BUCKETS);
    out.flush();
    return message.toByteString();
  }
}
