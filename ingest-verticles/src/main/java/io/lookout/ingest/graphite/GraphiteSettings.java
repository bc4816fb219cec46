package io.lookout.ingest.graphite;

import io.lookout.cluster.settings.HostPort;
import io.lookout.cluster.settings.Setting;
import io.lookout.ingest.http.Tenants;

/** Where Graphite's plaintext protocol is taken, and whose samples that brings. */
public record GraphiteSettings(
    @Setting(
            name = "graphite.enabled",
            defaultValue = "false",
            help = "Take Graphite's plaintext protocol over TCP.")
        boolean enabled,
    @Setting(
            name = "graphite.listen",
            defaultValue = "0.0.0.0:2003",
            help = "Where Graphite's senders connect to; port 0 takes a free one.")
        HostPort listen,
    @Setting(
            name = "graphite.tenant",
            defaultValue = "anonymous",
            help = "The tenant of what Graphite's senders send: the protocol knows none.")
        String tenant) {
  public GraphiteSettings {
    Tenants.requireValid("graphite.tenant", tenant);
  }
}
