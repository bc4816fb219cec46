package io.lookout.cluster.http;

import io.lookout.cluster.settings.HostPort;
import io.lookout.cluster.settings.Setting;

/** The second port, which serves nothing but ingest paths. */
public record GatewaySettings(
    @Setting(
            name = "gateway.enabled",
            defaultValue = "true",
            help = "Serve the ingest paths on the gateway port too.")
        boolean enabled,
    @Setting(
            name = "gateway.listen",
            defaultValue = "0.0.0.0:7200",
            help = "Where the gateway listens; port 0 takes a free one.")
        HostPort listen) {}
