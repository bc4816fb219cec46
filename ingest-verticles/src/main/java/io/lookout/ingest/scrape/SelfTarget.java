package io.lookout.ingest.scrape;

import io.lookout.cluster.settings.HostPort;
import io.lookout.ingest.relabel.Relabelling;
import io.lookout.ingest.scrape.config.Discovery;
import io.lookout.ingest.scrape.config.Discovery.TargetGroup;
import io.lookout.ingest.scrape.config.EscapingScheme;
import io.lookout.ingest.scrape.config.HttpAccess;
import io.lookout.ingest.scrape.config.JobConfig;
import io.lookout.ingest.scrape.config.ScrapeLimits;
import io.lookout.ingest.scrape.config.ScrapeProtocol;
import io.lookout.model.Labels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The job of a node's own metrics, which needs no configuration. */
final class SelfTarget {
  static final String JOB = "lookout";
  private static final Set<String> ANY_HOST = Set.of("0.0.0.0", "::", "[::]", "");

  private SelfTarget() {}

  static JobConfig job(ScrapeSettings settings, HostPort listening) {
    String host = ANY_HOST.contains(listening.host()) ? "localhost" : listening.host();
    String instance = (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + listening.port();
    Duration timeout =
        settings.timeout().compareTo(settings.interval()) < 0
            ? settings.timeout()
            : settings.interval();
    return job(
        new JobConfig.Schedule(settings.interval(), timeout),
        List.of(
            new Discovery.Static(
                List.of(
                    new TargetGroup(
                        "0", Labels.EMPTY, List.of(Labels.of("__address__", instance)))))));
  }

  private static JobConfig job(JobConfig.Schedule schedule, List<Discovery> discoveries) {
    return new JobConfig(
        "",
        JOB,
        schedule,
        new JobConfig.Request(
            "http",
            "/metrics",
            Map.of(),
            List.of(ScrapeProtocol.TEXT_0_0_4),
            Optional.of(ScrapeProtocol.TEXT_0_0_4),
            false,
            false,
            EscapingScheme.ALLOW_UTF_8,
            HttpAccess.PLAIN),
        new JobConfig.Samples(false, true, false, false, false, false, false),
        ScrapeLimits.NONE,
        Relabelling.NONE,
        Relabelling.NONE,
        Optional.empty(),
        discoveries);
  }
}
