package io.lookout.sdk;

/**
 * What all series of a metric share.
 *
 * @param name as Prometheus writes it, without the endings of its parts
 * @param type number of {@code io.prometheus.write.v2.Metadata.MetricType}
 */
record Family(String name, int type, String help, String unit) {
  static final int COUNTER = 1;
  static final int GAUGE = 2;
  static final int HISTOGRAM = 3;
  static final int GAUGE_HISTOGRAM = 4;
  static final int SUMMARY = 5;
  static final int INFO = 6;
  static final int STATE_SET = 7;
  static final int UNKNOWN = 0;
}
