package io.lookout.ingest.metricbeat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of an event that say what and whose it is, in the shapes of versions 5 to 9. */
enum Control {
  TIMESTAMP("@timestamp"),
  MODULE("event.module"),
  OLD_MODULE("metricset.module"),
  METRICSET("metricset.name"),
  ADDRESS("service.address"),
  OLD_ADDRESS("metricset.host"),
  HOST_NAME("host.name"),
  OLD_HOST("host"),
  AGENT_NAME("agent.name"),
  AGENT_HOSTNAME("agent.hostname"),
  BEAT_NAME("beat.name"),
  BEAT_HOSTNAME("beat.hostname"),
  DURATION("event.duration"),
  ROUND_TRIP("metricset.rtt"),
  ERROR("error.message");

  /** The senders of an event, the most telling first. */
  static final Control[] HOSTS = {
    HOST_NAME, AGENT_NAME, AGENT_HOSTNAME, BEAT_NAME, BEAT_HOSTNAME, OLD_HOST
  };

  private static final Map<String, Control> BY_PATH = byPath();

  private final String path;

  Control(String path) {
    this.path = path;
  }

  private static Map<String, Control> byPath() {
    Map<String, Control> all = new HashMap<>();
    for (Control each : values()) {
      all.put(each.path, each);
    }
    return all;
  }

  static @Nullable Control of(String path) {
    return BY_PATH.get(path);
  }

  static boolean leadsToOne(String prefix) {
    return BY_PATH.keySet().stream().anyMatch(path -> path.startsWith(prefix));
  }
}
