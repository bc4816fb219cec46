package io.lookout.ingest.scrape;

/**
 * What is known of the last scrape of a target.
 *
 * @param time ms; 0 before the first
 * @param problem empty where the target is up
 */
record LastScrape(long time, double seconds, String problem) {
  static final LastScrape NONE = new LastScrape(0, 0, "");

  /** As Prometheus's API says it. */
  String health() {
    return time == 0 ? "unknown" : problem.isEmpty() ? "up" : "down";
  }
}
