package io.lookout.sdk;

import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;

/**
 * One series with its one sample.
 *
 * @param labels without the name, and without those that all series of the process have
 * @param began milliseconds since 1970, 0 where unknown
 */
record Series(
    Family family,
    String name,
    Labels labels,
    Sample sample,
    long began,
    List<Exemplar> exemplars) {

  /** A number or a native histogram. */
  sealed interface Sample {}

  record FloatValue(double value) implements Sample {}

  record Native(HistogramDataPointSnapshot histogram, boolean gauge) implements Sample {}
}
