package io.lookout.ingest.scrape;

import io.lookout.model.Labels;
import java.net.URI;
import java.time.Duration;

/**
 * Where metrics are fetched from, and how often.
 *
 * @param job whose target it is
 * @param url with scheme, host, port, path and parameters
 * @param tenant whose samples they become
 * @param labels that every series of the target gets: {@code job} and {@code instance} at least
 * @param discovered the labels before relabelling, for people
 * @param timeout for the whole scrape; not longer than the interval
 */
record Target(
    String job,
    URI url,
    String tenant,
    Labels labels,
    Labels discovered,
    Duration interval,
    Duration timeout) {
  Target {
    if (interval.toMillis() < 1 || timeout.compareTo(interval) > 0) {
      throw new IllegalArgumentException(
          "target " + url + " every " + interval + " with a timeout of " + timeout);
    }
  }

  /** The same for targets whose series are one, however often they are scraped. */
  String place() {
    return url + "\n" + labels;
  }

  /** The same for targets that are one: what they are called and where they are. */
  String identity() {
    return job + '\n' + url + '\n' + labels + '\n' + interval + '\n' + timeout;
  }
}
