package io.lookout.app.node;

import io.lookout.cluster.settings.Setting;
import java.time.Duration;
import java.util.List;

/** What this node is. */
public record NodeSettings(
    @Setting(
            name = "node.roles",
            defaultValue = "",
            help = "What this node does: ingest, storage, query; empty for all of it.")
        List<String> roles,
    @Setting(
            name = "node.data",
            defaultValue = "data",
            help = "The directory that a node with the role storage keeps everything in.")
        String data,
    @Setting(
            name = "node.port.file",
            defaultValue = "",
            help = "A file to write the ports to once the node is ready; empty for none.")
        String portFile,
    @Setting(
            name = "node.start.timeout",
            defaultValue = "1h",
            help = "How long a start may take, replay of the write-ahead log included.")
        Duration startTimeout,
    @Setting(
            name = "node.stop.timeout",
            defaultValue = "60s",
            help =
                "How long a role may take to flush and close before the stop goes on without it; all"
                    + " that is to stop together may take twice that.")
        Duration stopTimeout) {}
