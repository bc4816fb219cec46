package io.lookout.ingest.scrape.config;

import io.lookout.ingest.scrape.config.JobConfig.Schedule;
import io.lookout.ingest.yaml.YamlSection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The section {@code global}: what jobs have that say nothing else. Fields that are about rules,
 * remote write and the process itself are passed over.
 */
record GlobalConfig(
    String source,
    Schedule schedule,
    List<ScrapeProtocol> protocols,
    ScrapeLimits limits,
    boolean nativeHistograms,
    boolean classicToo,
    boolean convertClassic,
    boolean extraMetrics,
    boolean legacyNames,
    Optional<EscapingScheme> escaping,
    Optional<Path> failureLog) {

  static GlobalConfig read(YamlSection yaml, Path directory) {
    Duration interval = yaml.duration("scrape_interval", Duration.ofMinutes(1));
    Duration usual = Duration.ofSeconds(10);
    Duration timeout =
        yaml.duration("scrape_timeout", usual.compareTo(interval) > 0 ? interval : usual);
    if (interval.toMillis() < 1 || timeout.compareTo(interval) > 0) {
      throw yaml.problem(
          "scrape_timeout", "global scrape timeout greater than scrape interval, or none at all");
    }
    GlobalConfig global =
        new GlobalConfig(
            yaml.canonical(Set.of(JobReader.FAILURE_LOG)),
            new Schedule(interval, timeout),
            JobReader.protocols(yaml),
            JobReader.limits(yaml, ScrapeLimits.NONE),
            yaml.flag("scrape_native_histograms", false),
            yaml.flag("always_scrape_classic_histograms", false),
            yaml.flag("convert_classic_histograms_to_nhcb", false),
            yaml.flag("extra_scrape_metrics", false),
            JobReader.legacyNames(yaml, false),
            yaml.parsed("metric_name_escaping_scheme", EscapingScheme::named),
            JobReader.failureLog(yaml, directory));
    yaml.ignore(
        "evaluation_interval", "query_log_file", "rule_query_offset", "external_labels", "runtime");
    yaml.end("global");
    return global;
  }
}
