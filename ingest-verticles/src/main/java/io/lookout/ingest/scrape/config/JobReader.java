package io.lookout.ingest.scrape.config;

import io.lookout.ingest.relabel.RelabelReader;
import io.lookout.ingest.scrape.config.JobConfig.Request;
import io.lookout.ingest.scrape.config.JobConfig.Samples;
import io.lookout.ingest.scrape.config.JobConfig.Schedule;
import io.lookout.ingest.yaml.YamlSection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one entry of {@code scrape_configs}, with the defaults of the section {@code global}. */
final class JobReader {
  static final String FAILURE_LOG = "scrape_failure_log_file";

  /** Fields that do not say how targets are scraped. */
  private static final Set<String> ASIDE =
      Set.of(
          "static_configs",
          "file_sd_configs",
          "http_sd_configs",
          "dns_sd_configs",
          "kubernetes_sd_configs",
          "relabel_configs",
          "target_limit",
          "keep_dropped_targets",
          FAILURE_LOG);

  private final GlobalConfig global;
  private final Path directory;
  private final HttpAccessReader http;
  private final DiscoveryReader discoveries;

  JobReader(GlobalConfig global, Path directory) {
    this.global = global;
    this.directory = directory;
    this.http = new HttpAccessReader(directory);
    this.discoveries = new DiscoveryReader(directory, http);
  }

  JobConfig read(YamlSection yaml) {
    String name =
        yaml.text("job_name")
            .filter(text -> !text.isEmpty())
            .orElseThrow(() -> yaml.problem("job_name is empty"));
    boolean nativeHistograms = yaml.flag("scrape_native_histograms", global.nativeHistograms());
    JobConfig job =
        new JobConfig(
            global.source() + yaml.canonical(ASIDE),
            name,
            schedule(yaml),
            request(yaml, nativeHistograms),
            samples(yaml, nativeHistograms),
            limits(yaml, global.limits()),
            RelabelReader.read(yaml, "relabel_configs"),
            RelabelReader.read(yaml, "metric_relabel_configs"),
            failureLog(yaml, directory).or(global::failureLog),
            discoveries.read(yaml));
    yaml.end("scrape_configs");
    return job;
  }

  /** Empty where nothing is said, or an empty text: then the section {@code global} counts. */
  static Optional<Path> failureLog(YamlSection yaml, Path directory) {
    return yaml.text(FAILURE_LOG).filter(name -> !name.isEmpty()).map(directory::resolve);
  }

  private Schedule schedule(YamlSection yaml) {
    Duration interval = yaml.duration("scrape_interval", global.schedule().interval());
    Optional<Duration> own =
        yaml.has("scrape_timeout")
            ? Optional.of(yaml.duration("scrape_timeout", Duration.ZERO))
            : Optional.empty();
    if (interval.toMillis() < 1) {
      throw yaml.problem("scrape_interval", "scrape_interval must be positive");
    }
    if (own.isPresent() && own.get().compareTo(interval) > 0) {
      throw yaml.problem("scrape_timeout", "scrape timeout greater than scrape interval");
    }
    Duration usual = global.schedule().timeout();
    Duration timeout = own.orElse(usual.compareTo(interval) > 0 ? interval : usual);
    return new Schedule(interval, timeout);
  }

  private Request request(YamlSection yaml, boolean nativeHistograms) {
    String scheme = yaml.text("scheme", "http");
    if (!Set.of("http", "https").contains(scheme)) {
      throw yaml.problem("scheme", "scheme must be http or https");
    }
    return new Request(
        scheme,
        yaml.text("metrics_path", "/metrics"),
        yaml.lists("params"),
        protocols(yaml, nativeHistograms),
        yaml.parsed("fallback_scrape_protocol", ScrapeProtocol::named),
        yaml.flag("enable_compression", true),
        legacyNames(yaml, global.legacyNames()),
        yaml.parsed("metric_name_escaping_scheme", EscapingScheme::named)
            .or(global::escaping)
            .orElse(
                legacyNames(yaml, global.legacyNames())
                    ? EscapingScheme.UNDERSCORES
                    : EscapingScheme.ALLOW_UTF_8),
        http.read(yaml));
  }

  static boolean legacyNames(YamlSection yaml, boolean otherwise) {
    return yaml.parsed(
            "metric_name_validation_scheme",
            name ->
                switch (name) {
                  case "legacy" -> true;
                  case "utf8" -> false;
                  default -> throw new IllegalArgumentException("must be utf8 or legacy");
                })
        .orElse(otherwise);
  }

  private List<ScrapeProtocol> protocols(YamlSection yaml, boolean nativeHistograms) {
    List<ScrapeProtocol> own = protocols(yaml);
    if (!own.isEmpty()) {
      return own;
    }
    if (!global.protocols().isEmpty()) {
      return global.protocols();
    }
    return nativeHistograms ? ScrapeProtocol.WITH_NATIVE_HISTOGRAMS : ScrapeProtocol.USUAL;
  }

  static List<ScrapeProtocol> protocols(YamlSection yaml) {
    List<ScrapeProtocol> protocols = new ArrayList<>();
    for (String name : yaml.texts("scrape_protocols")) {
      try {
        ScrapeProtocol protocol = ScrapeProtocol.named(name);
        if (protocols.contains(protocol)) {
          throw yaml.problem("scrape_protocols", "duplicated protocol in scrape_protocols");
        }
        protocols.add(protocol);
      } catch (IllegalArgumentException e) {
        throw yaml.problem("scrape_protocols", name + ": " + e.getMessage());
      }
    }
    return protocols;
  }

  private Samples samples(YamlSection yaml, boolean nativeHistograms) {
    return new Samples(
        yaml.flag("honor_labels", false),
        yaml.flag("honor_timestamps", true),
        yaml.flag("track_timestamps_staleness", false),
        nativeHistograms,
        yaml.flag("always_scrape_classic_histograms", global.classicToo()),
        yaml.flag("convert_classic_histograms_to_nhcb", global.convertClassic()),
        yaml.flag("extra_scrape_metrics", global.extraMetrics()));
  }

  static ScrapeLimits limits(YamlSection yaml, ScrapeLimits otherwise) {
    return new ScrapeLimits(
        yaml.bytes("body_size_limit", otherwise.bodySize()),
        yaml.number("sample_limit", otherwise.samples()),
        yaml.number("target_limit", otherwise.targets()),
        yaml.number("label_limit", otherwise.labels()),
        yaml.number("label_name_length_limit", otherwise.labelNameLength()),
        yaml.number("label_value_length_limit", otherwise.labelValueLength()),
        yaml.number("keep_dropped_targets", otherwise.keptDroppedTargets()),
        yaml.number("native_histogram_bucket_limit", otherwise.histogramBuckets()),
        yaml.decimal("native_histogram_min_bucket_factor", otherwise.histogramFactor()));
  }
}
