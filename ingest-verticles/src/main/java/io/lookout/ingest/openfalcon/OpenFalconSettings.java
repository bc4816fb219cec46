package io.lookout.ingest.openfalcon;

import io.lookout.cluster.settings.ByteSize;
import io.lookout.cluster.settings.HostPort;
import io.lookout.cluster.settings.Setting;
import io.lookout.ingest.http.Tenants;

/** Where Open-Falcon's agents find a transfer. Its HTTP forms are always there. */
public record OpenFalconSettings(
    @Setting(
            name = "openfalcon.enabled",
            defaultValue = "false",
            help = "Take the JSON-RPC of Open-Falcon's agents, as its transfer does.")
        boolean enabled,
    @Setting(
            name = "openfalcon.listen",
            defaultValue = "0.0.0.0:8433",
            help = "Where Open-Falcon's agents connect to; port 0 takes a free one.")
        HostPort listen,
    @Setting(
            name = "openfalcon.message.limit",
            defaultValue = "4MiB",
            help = "The largest call of an agent; a larger one ends its connection.")
        ByteSize messageLimit,
    @Setting(
            name = "openfalcon.tenant",
            defaultValue = "anonymous",
            help = "The tenant of what agents send by JSON-RPC: the protocol knows none.")
        String tenant) {
  private static final long LARGEST_MESSAGE = 256L << 20;

  public OpenFalconSettings {
    Tenants.requireValid("openfalcon.tenant", tenant);
    if (messageLimit.bytes() < 1 || messageLimit.bytes() > LARGEST_MESSAGE) {
      throw new IllegalArgumentException("openfalcon.message.limit must be between 1 and 256MiB");
    }
  }
}
