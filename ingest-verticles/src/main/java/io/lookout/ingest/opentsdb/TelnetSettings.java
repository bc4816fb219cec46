package io.lookout.ingest.opentsdb;

import io.lookout.cluster.settings.HostPort;
import io.lookout.cluster.settings.Setting;
import io.lookout.ingest.http.Tenants;

/** Where OpenTSDB's telnet commands are taken, and whose samples they bring. */
public record TelnetSettings(
    @Setting(
            name = "opentsdb.telnet.enabled",
            defaultValue = "false",
            help = "Take OpenTSDB's telnet commands, put above all, over TCP.")
        boolean enabled,
    @Setting(
            name = "opentsdb.telnet.listen",
            defaultValue = "0.0.0.0:4242",
            help = "Where senders of OpenTSDB's put lines connect to; port 0 takes a free one.")
        HostPort listen,
    @Setting(
            name = "opentsdb.telnet.tenant",
            defaultValue = "anonymous",
            help = "The tenant of what comes by telnet put: the protocol knows none.")
        String tenant) {
  public TelnetSettings {
    Tenants.requireValid("opentsdb.telnet.tenant", tenant);
  }
}
