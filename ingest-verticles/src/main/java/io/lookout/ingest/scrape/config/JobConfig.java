package io.lookout.ingest.scrape.config;

import io.lookout.ingest.relabel.Relabelling;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One entry of {@code scrape_configs}.
 *
 * @param source how targets are scraped, as it was written, in one form: equal for jobs that differ
 *     in their targets and their log at most. Empty for a job that no configuration names
 * @param failureLog a file that gets a line for each scrape that failed
 */
public record JobConfig(
    String source,
    String name,
    Schedule schedule,
    Request request,
    Samples samples,
    ScrapeLimits limits,
    Relabelling relabelling,
    Relabelling metricRelabelling,
    Optional<Path> failureLog,
    List<Discovery> discoveries) {

  /** How often, and how long an answer may take. */
  public record Schedule(Duration interval, Duration timeout) {}

  /**
   * How a target is asked.
   *
   * @param parameters of the URL
   * @param fallback the format of an answer whose content type says nothing useful
   * @param legacyNames whether names must be of the old form
   */
  public record Request(
      String scheme,
      String path,
      Map<String, List<String>> parameters,
      List<ScrapeProtocol> protocols,
      Optional<ScrapeProtocol> fallback,
      boolean compression,
      boolean legacyNames,
      EscapingScheme escaping,
      HttpAccess access) {}

  /**
   * What becomes of an answer.
   *
   * @param classicToo whether classic histograms are kept beside native ones
   * @param convertClassic whether classic histograms become native ones with custom bounds
   * @param extraMetrics whether the limits are written as series too
   */
  public record Samples(
      boolean honorLabels,
      boolean honorTimestamps,
      boolean trackTimestampsStaleness,
      boolean nativeHistograms,
      boolean classicToo,
      boolean convertClassic,
      boolean extraMetrics) {}

  @Override
  public String toString() {
    return "job " + name;
  }
}
