package io.lookout.model.bus.wire;

import io.lookout.model.bus.MetricMetadata;

/** A {@link MetricMetadata}: four texts. */
final class MetadataWire {
  private MetadataWire() {}

  static void write(MetricMetadata entry, WireOutput out) {
    out.text(entry.metricFamily());
    out.text(entry.type());
    out.text(entry.help());
    out.text(entry.unit());
  }

  static MetricMetadata read(WireInput in) {
    return new MetricMetadata(in.text(), in.text(), in.text(), in.text());
  }
}
