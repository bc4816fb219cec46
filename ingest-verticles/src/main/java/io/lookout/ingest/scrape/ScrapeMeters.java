package io.lookout.ingest.scrape;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What the scraper says of itself. Thread-safe. */
public final class ScrapeMeters {
  private final Counter up;
  private final Counter down;
  private final Counter missed;
  private final Counter failureLinesLost;
  private final Counter reloads;
  private final Counter failedReloads;

  public ScrapeMeters(MeterRegistry registry) {
    up = scrapes(registry, "up");
    down = scrapes(registry, "down");
    missed =
        Counter.builder("lookout.scrape.missed")
            .description("Scrapes left out because the one before, and one more, had not ended")
            .register(registry);
    failureLinesLost =
        Counter.builder("lookout.scrape.failure.log.lost")
            .description("Failures of scrapes that could not be written to the job's log file")
            .register(registry);
    reloads = reloads(registry, "success");
    failedReloads = reloads(registry, "failure");
  }

  private static Counter scrapes(MeterRegistry registry, String outcome) {
    return Counter.builder("lookout.scrape.scrapes")
        .description("Scrapes of targets, by what came of them")
        .tag("outcome", outcome)
        .register(registry);
  }

  private static Counter reloads(MeterRegistry registry, String outcome) {
    return Counter.builder("lookout.scrape.reloads")
        .description("Reloads of the scrape configuration")
        .tag("outcome", outcome)
        .register(registry);
  }

  void scraped(boolean isUp) {
    (isUp ? up : down).increment();
  }

  void missed() {
    missed.increment();
  }

  void failureLineLost() {
    failureLinesLost.increment();
  }

  void reloaded(boolean success) {
    (success ? reloads : failedReloads).increment();
  }
}
