package io.lookout.ingest.scrape;

import io.lookout.cluster.settings.DurationText;
import io.lookout.ingest.scrape.config.JobConfig;
import io.lookout.model.Label;
import io.lookout.model.Labels;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes targets of what discovery has found: defaults are filled in, the job's rules applied, and
 * what begins with two underscores removed.
 */
final class TargetMaker {
  private static final String PARAMETER = "__param_";

  private final JobConfig job;
  private final String tenant;

  TargetMaker(JobConfig job, String tenant) {
    this.job = job;
    this.tenant = tenant;
  }

  /** What becomes of a discovered target. */
  sealed interface Made {
    record Active(Target target) implements Made {}

    /** The rules leave it out. */
    record Dropped(Labels discovered) implements Made {}

    /** It cannot be scraped. */
    record Wrong(Labels discovered, String problem) implements Made {}
  }

  Made make(Labels found, Labels group) {
    Labels discovered = withDefaults(found, group);
    Labels relabelled = job.relabelling().apply(discovered);
    if (relabelled == null) {
      return new Made.Dropped(discovered);
    }
    try {
      return new Made.Active(target(discovered, relabelled));
    } catch (IllegalArgumentException | URISyntaxException e) {
      return new Made.Wrong(discovered, String.valueOf(e.getMessage()));
    }
  }

  private Labels withDefaults(Labels found, Labels group) {
    Labels.Builder labels = group.toBuilder();
    found.forEach(label -> labels.set(label.name(), label.value()));
    set(labels, "job", job.name());
    set(labels, "__scrape_interval__", text(job.schedule().interval()));
    set(labels, "__scrape_timeout__", text(job.schedule().timeout()));
    set(labels, "__metrics_path__", job.request().path());
    set(labels, "__scheme__", job.request().scheme());
    job.request()
        .parameters()
        .forEach((name, values) -> {
          if (!values.isEmpty()) {
            set(labels, PARAMETER + name, values.get(0));
          }
        });
    return labels.build();
  }

  private static void set(Labels.Builder labels, String name, String value) {
    if (labels.get(name) == null) {
      labels.set(name, value);
    }
  }

  private Target target(Labels discovered, Labels labels) throws URISyntaxException {
    String address = labels.valueOf("__address__");
    if (address.isEmpty()) {
      throw new IllegalArgumentException("no address");
    }
    if (address.contains("/")) {
      throw new IllegalArgumentException("\"" + address + "\" is not a valid hostname");
    }
    Duration interval = duration(labels, "__scrape_interval__");
    Duration timeout = duration(labels, "__scrape_timeout__");
    if (timeout.compareTo(interval) > 0) {
      throw new IllegalArgumentException(
          "scrape timeout cannot be greater than scrape interval (" + text(interval) + ")");
    }
    return new Target(
        job.name(),
        url(labels, address),
        tenant,
        ownLabels(labels, address),
        discovered,
        interval,
        timeout);
  }

  private static Duration duration(Labels labels, String name) {
    try {
      Duration duration = DurationText.parse(labels.valueOf(name));
      if (duration.isPositive()) {
        return duration;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("error parsing " + name + ": " + e.getMessage(), e);
    }
    throw new IllegalArgumentException(name + " cannot be 0");
  }

  private static Labels ownLabels(Labels labels, String address) {
    Labels.Builder own = Labels.EMPTY.toBuilder();
    for (Label label : labels) {
      if (!label.name().startsWith("__")) {
        own.set(label.name(), label.value());
      }
    }
    set(own, "instance", address);
    return own.build();
  }

  private URI url(Labels labels, String address) throws URISyntaxException {
    String path = labels.valueOf("__metrics_path__");
    String absolute = path.isEmpty() || path.startsWith("/") ? path : "/" + path;
    String encoded = new URI(null, null, absolute, null).getRawPath();
    String query = query(labels);
    return new URI(
        labels.valueOf("__scheme__")
            + "://"
            + address
            + encoded
            + (query.isEmpty() ? "" : "?" + query));
  }

  private String query(Labels labels) {
    Map<String, List<String>> parameters = new TreeMap<>();
    job.request()
        .parameters()
        .forEach((name, values) -> parameters.put(name, new ArrayList<>(values)));
    for (Label label : labels) {
      if (label.name().startsWith(PARAMETER)) {
        List<String> values =
            parameters.computeIfAbsent(
                label.name().substring(PARAMETER.length()), name -> new ArrayList<>(List.of("")));
        values.set(0, label.value());
      }
    }
    List<String> parts = new ArrayList<>();
    parameters.forEach(
        (name, values) -> values.forEach(value -> parts.add(encode(name) + "=" + encode(value))));
    return String.join("&", parts);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** As Prometheus writes durations: {@code 1m30s}. */
  static String text(Duration duration) {
    long rest = duration.toMillis();
    if (rest == 0) {
      return "0s";
    }
    long[] units = {86_400_000, 3_600_000, 60_000, 1000, 1};
    String[] names = {"d", "h", "m", "s", "ms"};
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < units.length; i++) {
      if (rest >= units[i]) {
        text.append(rest / units[i]).append(names[i]);
        rest %= units[i];
      }
    }
    return text.toString();
  }
}
