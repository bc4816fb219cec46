package io.lookout.ingest.scrape;

import io.lookout.model.Labels;
import java.net.URI;
import java.time.Duration;

/**
 * Where metrics are fetched from, and how often.
 *
 * @param url with scheme, host, port and path
 * @param tenant whose samples they become
 * @param labels that every series of the target gets: {@code job} and {@code instance} at least
 * @param timeout for the whole scrape; not longer than the interval
 * @param bodyLimit bytes of an answer
 */
public record Target(
    URI url, String tenant, Labels labels, Duration interval, Duration timeout, int bodyLimit) {
  public Target {
    if (url.getHost() == null || interval.toMillis() < 1 || timeout.compareTo(interval) > 0) {
      throw new IllegalArgumentException(
          "target " + url + " every " + interval + " with a timeout of " + timeout);
    }
  }
}
