package io.lookout.ingest.scrape.config;

import io.lookout.ingest.scrape.config.Discovery.TargetGroup;
import io.lookout.ingest.yaml.YamlSection;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesText;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads configuration files: Prometheus's, whole or only their sections {@code global} and {@code
 * scrape_configs}, and SOFALookout's with {@code metric_scrape_configs}. Blocks.
 */
public final class ScrapeConfigs {
  /** Sections of a {@code prometheus.yml} that are not about scraping. */
  private static final String[] OTHERS = {
    "rule_files", "alerting", "remote_write", "remote_read", "storage", "tracing", "otlp", "runtime"
  };

  private final List<JobConfig> jobs = new ArrayList<>();
  private final Map<String, Path> named = new HashMap<>();

  private ScrapeConfigs() {}

  /**
   * The jobs of all these files; a directory stands for the YAML files in it.
   *
   * @throws LookoutException with {@link ErrorCode#BAD_DATA} that names file and line
   */
  public static List<JobConfig> read(List<Path> paths) {
    ScrapeConfigs configs = new ScrapeConfigs();
    for (Path path : paths) {
      try {
        for (Path file : files(path)) {
          configs.read(file, Files.readString(file));
        }
      } catch (IOException e) {
        throw new LookoutException(
            ErrorCode.BAD_DATA, "cannot read scrape configuration " + path + ": " + e, e);
      }
    }
    return configs.jobs;
  }

  /**
   * The jobs of one text.
   *
   * @param file where it stands: for messages, and for relative names in it
   */
  public static List<JobConfig> parse(Path file, String text) {
    ScrapeConfigs configs = new ScrapeConfigs();
    configs.read(file, text);
    return configs.jobs;
  }

  private static List<Path> files(Path path) throws IOException {
    return Files.isDirectory(path) ? listed(path, "*.{yml,yaml}") : List.of(path);
  }

  private static List<Path> listed(Path directory, String pattern) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, pattern)) {
      found.forEach(files::add);
    }
    files.sort(null);
    return files;
  }

  private void read(Path file, String text) {
    YamlSection root = YamlSection.read(file.toString(), text);
    Path directory = directoryOf(file);
    GlobalConfig global =
        GlobalConfig.read(
            root.section("global").orElseGet(() -> YamlSection.read(file.toString(), "")),
            directory);
    JobReader reader = new JobReader(global, directory);
    root.sections("scrape_configs").forEach(each -> add(file, each, reader.read(each)));
    root.sections("metric_scrape_configs")
        .forEach(each -> add(file, each, withApplication(reader.read(each))));
    for (String pattern : root.texts("scrape_config_files")) {
      include(root, directory.resolve(pattern), global);
    }
    root.ignore(OTHERS);
    root.end("a scrape configuration");
  }

  /** Files with further jobs, which have the defaults of the file that names them. */
  private void include(YamlSection root, Path pattern, GlobalConfig global) {
    try {
      for (Path file : matching(pattern)) {
        YamlSection yaml = YamlSection.read(file.toString(), Files.readString(file));
        JobReader reader = new JobReader(global, directoryOf(file));
        yaml.sections("scrape_configs").forEach(each -> add(file, each, reader.read(each)));
        yaml.end("a file of scrape_config_files");
      }
    } catch (IOException e) {
      throw root.problem("scrape_config_files", "cannot read " + pattern + ": " + e);
    }
  }

  private static List<Path> matching(Path pattern) throws IOException {
    Path directory = directoryOf(pattern);
    return Files.isDirectory(directory)
        ? listed(directory, String.valueOf(pattern.getFileName()))
        : List.of();
  }

  private static Path directoryOf(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? Path.of("") : parent;
  }

  private void add(Path file, YamlSection yaml, JobConfig job) {
    @Nullable Path before = named.putIfAbsent(job.name(), file);
    if (before != null) {
      throw yaml.problem(
          "job_name",
          "found multiple scrape configs with job name " + SeriesText.quote(job.name()));
    }
    jobs.add(job);
  }

  /** SOFALookout says the name of the job under a second label. */
  private static JobConfig withApplication(JobConfig job) {
    List<Discovery> discoveries =
        job.discoveries().stream().map(d -> tagged(d, job.name())).toList();
    return new JobConfig(
        job.source(),
        job.name(),
        job.schedule(),
        job.request(),
        job.samples(),
        job.limits(),
        job.relabelling(),
        job.metricRelabelling(),
        job.failureLog(),
        discoveries);
  }

  private static Discovery tagged(Discovery discovery, String job) {
    if (!(discovery instanceof Discovery.Static fixed)) {
      return discovery;
    }
    List<TargetGroup> groups = new ArrayList<>();
    for (TargetGroup group : fixed.groups()) {
      var labels = group.labels().toBuilder();
      if (labels.get("app") == null) {
        labels.set("app", job);
      }
      groups.add(new TargetGroup(group.source(), labels.build(), group.targets()));
    }
    return new Discovery.Static(groups);
  }
}
