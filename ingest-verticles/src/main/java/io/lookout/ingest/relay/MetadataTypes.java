package io.lookout.ingest.relay;

import java.util.List;

/** Numbers of metric types on the wire; both versions number them alike. */
final class MetadataTypes {
  private static final List<String> TYPES =
      List.of(
          "unknown",
          "counter",
          "gauge",
          "histogram",
          "gaugehistogram",
          "summary",
          "info",
          "stateset");

  private MetadataTypes() {}

  static int number(String type) {
    return Math.max(0, TYPES.indexOf(type));
  }
}
