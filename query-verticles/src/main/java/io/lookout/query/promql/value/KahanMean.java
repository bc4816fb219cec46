package io.lookout.query.promql.value;

/**
 * An arithmetic mean as Prometheus computes it: sum by count, until the sum would overflow; from
 * there on a mean that is moved by each value.
 */
public final class KahanMean {
  private double sum;
  private double lost;
  private double count;
  private boolean incremental;

  /** Takes the first value, forgetting what was. */
  public void start(double value) {
    sum = value;
    lost = 0;
    count = 1;
    incremental = false;
  }

  /** Takes a further value. */
  public void add(double value) {
    count++;
    if (!incremental) {
      double next = sum + value;
      if (!Double.isInfinite(next)) {
        lost = KahanSum.lost(value, sum, next, lost);
        sum = next;
        return;
      }
      incremental = true;
      sum /= count - 1;
      lost /= count - 1;
    }
    double kept = (count - 1) / count;
    double mean = kept * sum;
    double share = value / count;
    double next = mean + share;
    lost = KahanSum.lost(share, mean, next, kept * lost);
    sum = next;
  }

  public double mean() {
    return incremental ? sum + lost : sum / count + lost / count;
  }
}
