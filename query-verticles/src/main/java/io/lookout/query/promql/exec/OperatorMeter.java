package io.lookout.query.promql.exec;

import io.lookout.query.promql.value.SeriesSteps;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** The figures of one operator. Several threads count. */
final class OperatorMeter {
  private final LongAdder series = new LongAdder();
  private final LongAdder samples = new LongAdder();
  private final LongAdder loaded = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  <T> T timed(Supplier<T> work) {
    long began = System.nanoTime();
    T result = work.get();
    since(began);
    return result;
  }

  void since(long began) {
    nanos.add(System.nanoTime() - began);
  }

  void gave(long moreSeries, long moreSamples) {
    series.add(moreSeries);
    samples.add(moreSamples);
  }

  void gave(SeriesSteps each) {
    int present = 0;
    for (int i = 0; i < each.size(); i++) {
      if (each.present(i)) {
        present++;
      }
    }
    gave(1, present);
  }

  void read(int moreSamples) {
    loaded.add(moreSamples);
  }

  long series() {
    return series.sum();
  }

  long samples() {
    return samples.sum();
  }

  long loaded() {
    return loaded.sum();
  }

  long nanos() {
    return nanos.sum();
  }
}
