package io.lookout.ingest.metricbeat;

import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.series.LabelPairs;
import io.lookout.model.Label;

/**
 * What Metricbeat says of its own fetches: whether one succeeded, and how long it took. A fetch of
 * several events tells it with each; once is enough. Not thread-safe.
 */
final class FetchSeries {
  private final PointBatch batch;
  private String last = "";

  FetchSeries(PointBatch batch) {
    this.batch = batch;
  }

  void add(Event event, long time) {
    String fetch =
        String.join(
            "\0",
            event.module(),
            event.metricset(),
            event.instance(),
            event.host(),
            event.control(Control.ERROR),
            Long.toString(time));
    if (fetch.equals(last)) {
      return;
    }
    last = fetch;
    sample(event, "metricbeat_up", time, event.controls.containsKey(Control.ERROR) ? 0 : 1);
    double seconds = seconds(event);
    if (!Double.isNaN(seconds)) {
      sample(event, "metricbeat_fetch_duration_seconds", time, seconds);
    }
  }

  private void sample(Event event, String name, long time, double value) {
    LabelPairs labels = batch.labels();
    labels.clear();
    labels.add(Label.METRIC_NAME, name);
    labels.add("job", event.module());
    labels.add("instance", event.instance());
    labels.add("host", event.host());
    labels.add("metricset", event.metricset());
    batch.sample(time, value);
  }

  /** Nanoseconds since version 7, microseconds before; NaN where it is not told. */
  private static double seconds(Event event) {
    String nanos = event.control(Control.DURATION);
    String micros = event.control(Control.ROUND_TRIP);
    try {
      if (!nanos.isEmpty()) {
        return Double.parseDouble(nanos) / 1e9;
      }
      return micros.isEmpty() ? Double.NaN : Double.parseDouble(micros) / 1e6;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
