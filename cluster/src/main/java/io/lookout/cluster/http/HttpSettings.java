package io.lookout.cluster.http;

import io.lookout.cluster.settings.HostPort;
import io.lookout.cluster.settings.Setting;
import java.time.Duration;

/**
 * The HTTP server.
 *
 * @param loops event loops that serve it, 0 for one a processor
 */
public record HttpSettings(
    @Setting(
            name = "http.listen",
            defaultValue = "0.0.0.0:9090",
            help = "Where the server listens; port 0 takes a free one.")
        HostPort listen,
    @Setting(
            name = "http.loops",
            defaultValue = "0",
            help = "Event loops that serve HTTP; 0 for one a processor.")
        int loops,
    @Setting(
            name = "http.connections.max",
            defaultValue = "4096",
            help = "Connections open at a time; further ones are closed at once.")
        int maxConnections,
    @Setting(
            name = "http.idle.timeout",
            defaultValue = "5m",
            help =
                "A connection without traffic for so long is closed, and one on which no request"
                    + " has come for so long since the last one was answered.")
        Duration idleTimeout,
    @Setting(
            name = "http.request.timeout",
            defaultValue = "1m",
            help =
                "How long a sender may take from opening a connection to the end of its first"
                    + " request's head, and from a head to the end of its body; then the connection"
                    + " is closed. Bodies of samples have ingest.body.timeout too.")
        Duration requestTimeout,
    @Setting(
            name = "http.cors.origin",
            defaultValue = ".*",
            help = "Origins whose pages may use the query API: a regular expression.")
        String corsOrigin,
    @Setting(
            name = "http.stop.delay",
            defaultValue = "0s",
            help =
                "How long to go on serving after /-/ready says no, for load balancers to see it.")
        Duration stopDelay,
    @Setting(
            name = "http.stop.timeout",
            defaultValue = "20s",
            help = "How long a stop waits for requests in flight.")
        Duration stopTimeout) {
  public HttpSettings {
    if (loops < 0 || maxConnections < 1) {
      throw new IllegalArgumentException(
          "http.loops must not be negative, http.connections.max at least 1");
    }
    if (idleTimeout.toSeconds() < 1 || requestTimeout.toMillis() < 1) {
      throw new IllegalArgumentException(
          "http.idle.timeout must be at least 1s, http.request.timeout at least 1ms");
    }
  }

  int effectiveLoops() {
    return loops > 0 ? loops : Runtime.getRuntime().availableProcessors();
  }
}
