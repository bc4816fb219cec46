package io.lookout.query.promql.script;

import io.lookout.model.histogram.NativeHistogram;

/** One value of a series in a script. */
sealed interface ScriptValue {
  /** No sample. */
  record Gap() implements ScriptValue {}

  /** A float; the staleness marker too. */
  record FloatValue(double value) implements ScriptValue {}

  /**
   * A native histogram.
   *
   * @param hinted whether the script says what its counter reset hint is
   */
  record Histogram(NativeHistogram value, boolean hinted) implements ScriptValue {}

  /** The same as the query API shows it. */
  default ScriptValue shown() {
    return this instanceof Histogram histogram
        ? new Histogram(ShownHistogram.of(histogram.value()), false)
        : this;
  }
}
