package io.lookout.query.promql.value;

/** The population variance by Welford's method, compensated as Prometheus does. */
public final class Variance {
  private double count;
  private final KahanSum mean = new KahanSum();
  private final KahanSum squares = new KahanSum();

  public void add(double value) {
    count++;
    double delta = value - (mean.sum + mean.lost);
    mean.add(delta / count);
    squares.add(delta * (value - (mean.sum + mean.lost)));
  }

  public double variance() {
    return (squares.sum + squares.lost) / count;
  }
}
