package io.lookout.plugin;

import io.lookout.model.Labels;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.histogram.NativeHistogram;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Samples of one tenant, numbered from 0. Immutable. */
public final class Samples {
  private final WriteBatch batch;

  public Samples(WriteBatch batch) {
    this.batch = batch;
  }

  public String tenant() {
    return batch.tenant();
  }

  public int size() {
    return batch.sampleCount();
  }

  /** The labels of a sample's series; the metric name is label {@code __name__}. */
  public Labels labels(int i) {
    return batch.series()[batch.seriesOf()[i]].labels();
  }

  /** In ms since the epoch. */
  public long time(int i) {
    return batch.times()[i];
  }

  /** The value of a float; the sum of a native histogram. */
  public double value(int i) {
    return batch.values()[i];
  }

  /** The native histogram; empty for a float. */
  public Optional<NativeHistogram> histogram(int i) {
    @Nullable NativeHistogram[] column = batch.histograms();
    return column == null ? Optional.empty() : Optional.ofNullable(column[i]);
  }
}
