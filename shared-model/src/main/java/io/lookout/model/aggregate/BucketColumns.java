package io.lookout.model.aggregate;

/**
 * What stands beside floats that each are the last of a bucket, as columns of the same length. A
 * float that is a sample itself has a count of 1, itself as sum and as first, and no resets. Open
 * to hot loops, as {@link io.lookout.model.SampleColumns} is; not thread-safe.
 */
public final class BucketColumns {
  public double[] counts;
  public double[] sums;
  public double[] resets;
  public double[] firsts;
  public long[] firstTimes;
  public long[] firstStarts;

  public BucketColumns(int capacity) {
    counts = new double[capacity];
    sums = new double[capacity];
    resets = new double[capacity];
    firsts = new double[capacity];
    firstTimes = new long[capacity];
    firstStarts = new long[capacity];
  }

  /** Entry {@code i} is a sample. */
  public void sample(int i, long time, double value, long start) {
    counts[i] = 1;
    sums[i] = value;
    resets[i] = 0;
    firsts[i] = value;
    firstTimes[i] = time;
    firstStarts[i] = start;
  }

  /** Makes entry {@code to} what {@code from} is in the other columns. */
  public void copy(BucketColumns other, int from, int to) {
    counts[to] = other.counts[from];
    sums[to] = other.sums[from];
    resets[to] = other.resets[from];
    firsts[to] = other.firsts[from];
    firstTimes[to] = other.firstTimes[from];
    firstStarts[to] = other.firstStarts[from];
  }
}
