package io.lookout.ingest.metricbeat;

import java.util.HashMap;
import java.util.Map;

/**
 * Finds events of one request that would give the same series different values at the same time:
 * then something that tells them apart was not taken for a label. Their metricset is widened, and
 * the request decoded anew. Not thread-safe.
 */
final class Repeats {
  /** Samples of a request that are looked at. */
  private static final int MOST = 1 << 17;

  private final Fields fields;
  private final Map<Sample, Double> values = new HashMap<>();
  private boolean found;

  private record Sample(long high, long low, long time) {}

  Repeats(Fields fields) {
    this.fields = fields;
  }

  void met(Event event, Identity identity, Field field, long time, double value) {
    if (values.size() >= MOST) {
      return;
    }
    Sample sample =
        new Sample(
            identity.high() + 31 * field.rule.series().high(),
            identity.low() + 31 * field.rule.series().low(),
            time);
    Double before = values.putIfAbsent(sample, value);
    if (before != null && before != value) {
      found |= fields.widen(event.module() + "." + event.metricset());
    }
  }

  /** Whether the request is to be decoded anew. */
  boolean found() {
    return found;
  }
}
