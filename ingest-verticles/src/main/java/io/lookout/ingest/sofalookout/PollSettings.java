package io.lookout.ingest.sofalookout;

import io.lookout.cluster.settings.HostPort;
import io.lookout.cluster.settings.Setting;
import io.lookout.ingest.http.Tenants;
import java.time.Duration;
import java.util.List;

/** Clients of SOFALookout that are asked for what they have measured. */
public record PollSettings(
    @Setting(
            name = "sofalookout.poll.targets",
            defaultValue = "",
            help = "SOFALookout's clients to poll, host:port each; theirs is 19399. Empty: none.")
        List<String> targets,
    @Setting(
            name = "sofalookout.poll.step",
            defaultValue = "30s",
            help = "How often polled clients measure, and are polled.")
        Duration step,
    @Setting(
            name = "sofalookout.poll.slots",
            defaultValue = "10",
            help = "So many steps a polled client keeps until they are fetched.")
        int slots,
    @Setting(
            name = "sofalookout.poll.timeout",
            defaultValue = "10s",
            help = "How long a polled client may take to answer.")
        Duration timeout,
    @Setting(
            name = "sofalookout.poll.token",
            defaultValue = "",
            help = "What polled clients have as lookout.exporter.access.token.",
            secret = true)
        String token,
    @Setting(
            name = "sofalookout.poll.tenant",
            defaultValue = "anonymous",
            help = "The tenant of what polled clients have measured.")
        String tenant) {
  public PollSettings {
    targets = List.copyOf(targets);
    for (String target : targets) {
      requireTarget(target);
    }
    if (step.toMillis() < 1 || timeout.toMillis() < 1) {
      throw new IllegalArgumentException(
          "sofalookout.poll.step and sofalookout.poll.timeout must be at least 1ms");
    }
    if (slots < 1) {
      throw new IllegalArgumentException("sofalookout.poll.slots must be at least 1");
    }
    Tenants.requireValid("sofalookout.poll.tenant", tenant);
  }

  private static void requireTarget(String target) {
    try {
      HostPort.parse(target);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "sofalookout.poll.targets has '" + target + "', which " + e.getMessage(), e);
    }
  }
}
