package io.lookout.ingest.scrape.config;

import java.util.List;

/** A format in which metrics are exposed, as configurations and content types name it. */
public enum ScrapeProtocol {
  PROTOBUF("PrometheusProto"),
  TEXT_0_0_4("PrometheusText0.0.4"),
  TEXT_1_0_0("PrometheusText1.0.0"),
  OPEN_METRICS_0_0_1("OpenMetricsText0.0.1"),
  OPEN_METRICS_1_0_0("OpenMetricsText1.0.0");

  /** What is asked for where nothing else is said, the most wanted first. */
  public static final List<ScrapeProtocol> USUAL =
      List.of(OPEN_METRICS_1_0_0, OPEN_METRICS_0_0_1, TEXT_1_0_0, TEXT_0_0_4);

  /** The same where native histograms are wanted: only protobuf carries them. */
  public static final List<ScrapeProtocol> WITH_NATIVE_HISTOGRAMS =
      List.of(PROTOBUF, OPEN_METRICS_1_0_0, OPEN_METRICS_0_0_1, TEXT_1_0_0, TEXT_0_0_4);

  private final String label;

  ScrapeProtocol(String label) {
    this.label = label;
  }

  /** As configurations name it. */
  public String label() {
    return label;
  }

  /**
   * @throws IllegalArgumentException that lists the known names
   */
  public static ScrapeProtocol named(String name) {
    for (ScrapeProtocol each : values()) {
      if (each.label.equals(name)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "unknown scrape protocol, supported: "
            + String.join(", ", List.of(values()).stream().map(p -> p.label).toList()));
  }
}
