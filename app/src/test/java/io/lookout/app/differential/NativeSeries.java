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
 * @param schema exponential (0 to 8) or −53 for custom bounds
 * @param counts round → count of each bucket from {@link #FIRST} on; null where there is no sample
 * @param zeros round → count of the zero bucket
 * @param sums round → sum
 */
@SuppressWarnings("ArrayRecordComponent") // Columns, filled by the generator of the series.
record NativeSeries(Labels labels, int schema, long[][] counts, long[] zeros, double[] sums) {
  private static final int CUSTOM = -53;
  private static final int FIRST = -3;
  private static final int BUCKETS = 8;
  private static final double[] BOUNDS = {0.1, 0.25, 0.5, 1, 2.5, 5, 10};

  static NativeSeries of(Labels labels, int schema, SplittableRandom random) {
    int rounds = DataSet.rounds();
    NativeSeries series =
        new NativeSeries(labels, schema, new long[rounds][], new long[rounds], new double[rounds]);
    long[] total = fresh();
    long zero = 0;
    double sum = 0;
    for (int round = 0; round < rounds; round++) {
      if (random.nextInt(150) == 0) {
        total = fresh();
        zero = 0;
        sum = 0;
      }
      for (int i = 0; i < BUCKETS; i++) {
        int more = random.nextInt(4);
        total[i] += more;
        sum += more * (i + 0.5);
      }
      zero += schema == CUSTOM ? 0 : random.nextInt(2);
      if (random.nextInt(40) != 0) {
        series.counts[round] = total.clone();
        series.zeros[round] = zero;
        series.sums[round] = sum;
      }
    }
    return series;
  }

  /**
   * Not from zero: whether extrapolation of a histogram stops where its count was zero is something
   * that releases of Prometheus differ in.
   */
  private static long[] fresh() {
    long[] total = new long[BUCKETS];
    Arrays.fill(total, 1_000);
    return total;
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
    out.writeInt64(15, time);
    for (double bound : custom ? BOUNDS : new double[0]) {
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
