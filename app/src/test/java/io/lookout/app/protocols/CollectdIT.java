package io.lookout.app.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** collectd writes by OpenTSDB's telnet protocol and by Graphite's. */
class CollectdIT {
  @Test
  void bothOfItsOutputsArrive(@TempDir Path data, @TempDir Path directory) throws IOException {
    try (RunningLookout lookout =
            RunningLookout.start(
                data,
                "opentsdb.telnet.enabled=true",
                "opentsdb.telnet.listen=127.0.0.1:0",
                "graphite.enabled=true",
                "graphite.listen=127.0.0.1:0");
        Collectd collectd =
            Collectd.start(
                directory,
                outputs(lookout.port("opentsdb.telnet.listen"), lookout.port("graphite.listen")))) {
      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(() -> {
            assertThat(lookout.value("{'load.load.shortterm',dc='lga'}")).isNotNegative();
            assertThat(lookout.value("{'memory.used.memory',dc='lga'}")).isPositive();
            assertThat(lookout.value("{'web01.load.load.shortterm'}")).isNotNegative();
            assertThat(lookout.value("{'web01.memory.memory-used'}")).isPositive();
          });
      assertThat(collectd.process().isAlive()).isTrue();
      assertThat(lookout.rejected("opentsdb", "malformed")).isZero();
      assertThat(lookout.rejected("graphite", "malformed")).isZero();
    }
  }

  private static String outputs(int openTsdb, int graphite) {
    return """
    LoadPlugin write_tsdb
    <Plugin write_tsdb>
      <Node>
        Host "127.0.0.1"
        Port "%d"
        HostTags "dc=lga"
      </Node>
    </Plugin>
    LoadPlugin write_graphite
    <Plugin write_graphite>
      <Node "lookout">
        Host "127.0.0.1"
        Port "%d"
        Protocol "tcp"
      </Node>
    </Plugin>
    """
        .formatted(openTsdb, graphite);
  }
}
