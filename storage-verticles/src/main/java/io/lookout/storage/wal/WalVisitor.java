package io.lookout.storage.wal;

import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.histogram.NativeHistogram;
import org.jspecify.annotations.Nullable;

/** Is told what a log holds, in the order in which it was written. */
public interface WalVisitor {
  /**
   * A series from here on means this one.
   *
   * @return the reference by which the visitor wants the series called
   */
  int series(SeriesKey key);

  /** A sample; the histogram, where there is one, instead of the value. */
  void sample(
      int ref, long time, double value, @Nullable NativeHistogram histogram, long startTime);

  void exemplar(int ref, Exemplar exemplar);

  void metadata(String tenant, MetricMetadata entry);

  /** What there was of the window was frozen under this generation. */
  void sealed(long window, long generation);

  /** What was frozen is in the block store. */
  void released(long window, long generation);

  /** This generation was given out, and no greater one. */
  void generation(long generation);
}
