package io.lookout.ingest.metricbeat;

import io.lookout.ingest.series.SeriesIndex;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** What was learnt of the fields of events so far; of one node. Thread-safe. */
public final class EventFields {
  private final Fields known;

  /**
   * @param chosen paths whose values are labels beside the usual ones; {@code a.b.*} for all below
   */
  public EventFields(SeriesIndex index, List<String> chosen, MeterRegistry registry) {
    known = new Fields(index, chosen);
    Gauge.builder("lookout.ingest.metricbeat.fields", known, Fields::size)
        .description("Fields of Metricbeat's events that are known")
        .register(registry);
    Gauge.builder("lookout.ingest.metricbeat.widened.metricsets", known, Fields::widenedCount)
        .description("Metricsets whose short texts are all labels, because events met otherwise")
        .register(registry);
  }

  Fields known() {
    return known;
  }
}
