package io.lookout.cluster.settings;

import java.time.Duration;
import java.util.List;

/** One component of every type. */
record TestSettings(
    @Setting(name = "storage.retention", defaultValue = "15d", help = "How long.")
        Duration retention,
    @Setting(name = "storage.wal.sync", defaultValue = "os", help = "How safe.") Sync sync,
    @Setting(name = "storage.wal.segment", defaultValue = "128MiB", help = "How large.")
        ByteSize segment,
    @Setting(name = "storage.shards", defaultValue = "0", help = "How many.") int shards,
    @Setting(name = "storage.series.max", defaultValue = "5000000000", help = "How many.")
        long maxSeries,
    @Setting(name = "storage.ratio", defaultValue = "0.5", help = "How much.") double ratio,
    @Setting(name = "storage.compact", defaultValue = "true", help = "Whether.") boolean compact,
    @Setting(name = "storage.listen", defaultValue = "127.0.0.1:9200", help = "Where.")
        HostPort listen,
    @Setting(name = "storage.hosts", defaultValue = "", help = "Which.") List<String> hosts,
    @Setting(name = "storage.name", defaultValue = "main", help = "Who.") String name,
    @Setting(name = "storage.password", defaultValue = "", help = "Secret.", secret = true)
        String password) {
  enum Sync {
    OS,
    ALWAYS,
    EVERY_SECOND
  }

  TestSettings {
    if (shards < 0) {
      throw new IllegalArgumentException("storage.shards is negative");
    }
  }
}
