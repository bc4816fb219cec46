package io.lookout.query.federate;

import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.Utf8Order;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import java.util.Comparator;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A series and its newest sample.
 *
 * @param time ms
 * @param value of a sample that is no histogram
 */
record FederatedSample(
    Labels labels, long time, double value, @Nullable NativeHistogram histogram) {
  /** By name, and then as series are ordered. */
  static final Comparator<FederatedSample> ORDER =
      Comparator.comparing(FederatedSample::name, Utf8Order::compare)
          .thenComparing(FederatedSample::labels, Labels.ORDER);

  String name() {
    return labels.metricName();
  }

  /**
   * All labels but the name. A series without an instance says so, or it would be given that of the
   * scraped target.
   */
  void eachLabel(BiConsumer<String, String> to) {
    for (Label label : labels) {
      if (!label.name().equals(Label.METRIC_NAME)) {
        to.accept(label.name(), label.value());
      }
    }
    if (labels.get("instance") == null) {
      to.accept("instance", "");
    }
  }

  /** The types that a family of metrics may have here; numbers as of its message. */
  enum Type {
    UNTYPED(3),
    HISTOGRAM(4),
    GAUGE_HISTOGRAM(5);

    final int number;

    Type(int number) {
      this.number = number;
    }
  }

  Type type() {
    if (histogram == null) {
      return Type.UNTYPED;
    }
    return histogram.counterReset() == CounterReset.GAUGE ? Type.GAUGE_HISTOGRAM : Type.HISTOGRAM;
  }
}
