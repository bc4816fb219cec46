package io.lookout.ingest.textpush;

/**
 * What a group was told of a metric.
 *
 * @param type as the text has it, {@code unknown} where it has none
 * @param time of the push, ms
 */
record PushedFamily(String type, String help, long time) {
  /** Of a text that does not say. */
  static final String UNKNOWN = "unknown";
}
