package io.lookout.ingest.scrape;

import io.lookout.ingest.series.LabelPairs;
import io.lookout.model.Label;
import io.lookout.model.bus.WriteBatch;

/**
 * Lines of OpenMetrics that tell when samples started. They stand behind the samples that they are
 * about, and have their labels but for those of buckets and quantiles:
 *
 * <pre>
 *   # TYPE http_requests counter
 *   http_requests_total{code="200"} 17
 *   http_requests_created{code="200"} 1520430000.123
 * </pre>
 *
 * <p>Not thread-safe.
 */
final class StartLines {
  /** What the lines of the family are called; empty where it has none. */
  private String name = "";

  /** Of the samples that came last, and where they begin in the batch. */
  private long identity;

  private int from;

  /** Another answer begins. */
  void clear() {
    family("", "");
  }

  /** What follows is of this family. */
  void family(String family, String type) {
    boolean counts = type.equals("counter") || type.equals("histogram") || type.equals("summary");
    name = counts ? family + "_created" : "";
    identity = 0;
  }

  /** Whether these are the labels of such a line. */
  boolean isOne(LabelPairs labels) {
    for (int i = 0; i < labels.size(); i++) {
      if (labels.name(i).equals(Label.METRIC_NAME)) {
        return labels.value(i).equals(name);
      }
    }
    return false;
  }

  /** The same for all samples of one counter, histogram or summary, and for its line; never 0. */
  long identity(LabelPairs labels) {
    long sum = name.hashCode();
    for (int i = 0; i < labels.size(); i++) {
      String label = labels.name(i);
      if (!label.equals(Label.METRIC_NAME) && !label.equals("le") && !label.equals("quantile")) {
        sum += mixed(((long) label.hashCode() << 32) + labels.value(i).hashCode());
      }
    }
    return sum == 0 ? 1 : sum;
  }

  private static long mixed(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A sample of this identity is about to be added to the batch. */
  void sample(long sampleIdentity, WriteBatch.Builder to) {
    if (sampleIdentity != identity) {
      identity = sampleIdentity;
      from = to.sampleCount();
    }
  }

  /** A line of this identity says when the samples before it started, in seconds. */
  void line(long lineIdentity, double seconds, WriteBatch.Builder to) {
    if (lineIdentity == identity && seconds > 0 && seconds < Long.MAX_VALUE / 1000.0) {
      for (int i = from; i < to.sampleCount(); i++) {
        to.startTime(i, Math.round(seconds * 1000));
      }
    }
  }
}
