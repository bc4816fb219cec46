package io.lookout.ingest.metricbeat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of Metricbeat's fields by their paths: which name the thing that is measured, which
 * say in what state it is, which count. Sources: {@code fields.yml} of the modules, and {@code
 * dimension} and {@code metric_type} of Elastic's integrations.
 */
final class FieldRules {
  /** Roots of an event below which nothing is measured. */
  private static final Set<String> RESERVED =
      Set.of(
          "@timestamp",
          "@metadata",
          "type",
          "metricset",
          "event",
          "beat",
          "agent",
          "ecs",
          "service",
          "cloud",
          "container",
          "process",
          "user",
          "data_stream",
          "elastic_agent",
          "orchestrator",
          "fields",
          "labels",
          "tags",
          "error",
          "message",
          "input",
          "log",
          "stream",
          "observer");

  /** Of the sender's own host so much is measured. */
  private static final Set<String> MEASURED_OF_HOST = Set.of("cpu", "disk", "network", "memory");

  /** What users attach to objects: of any number, and no part of what they are. */
  private static final Set<String> ATTACHED =
      Set.of("labels", "annotations", "namespace_labels", "namespace_annotations", "selectors");

  /** Fields that tell one measured thing from another, by the name of their label. */
  private static final Map<String, String> IDENTITIES = identities();

  /** Subtrees of which {@link #IDENTITIES} has all. */
  private static final Set<String> CLOSED =
      Set.of(
          "system.cpu",
          "system.core",
          "system.load",
          "system.memory",
          "system.network",
          "system.diskio",
          "system.filesystem",
          "system.fsstat",
          "system.process",
          "system.uptime",
          "docker.cpu",
          "docker.memory",
          "docker.network",
          "docker.diskio",
          "docker.container",
          "nginx.stubstatus",
          "mysql.status",
          "redis.info",
          "redis.keyspace",
          "kafka.broker",
          "kafka.topic",
          "kafka.partition",
          "kafka.consumergroup");

  /** In other subtrees, last segments of texts that tell one thing from another. */
  private static final Set<String> NAMING =
      Set.of(
          "name",
          "id",
          "uid",
          "device",
          "device_name",
          "interface",
          "mount_point",
          "instance",
          "host",
          "hostname",
          "address",
          "namespace",
          "topic",
          "queue",
          "db",
          "database",
          "schema",
          "table",
          "index",
          "shard",
          "pool",
          "partition",
          "node",
          "cluster",
          "region",
          "zone",
          "kind",
          "type",
          "mbean");

  /** Last segments of texts that say in what state a thing is. */
  private static final Set<String> STATES =
      Set.of("phase", "state", "status", "role", "health", "reason", "condition");

  /** Last segments of texts that are times. */
  private static final Set<String> TIMES = Set.of("start_time", "created", "started");

  /** Below these, a number for a key is the number of a processor. */
  private static final Map<String, String> NUMBERED =
      Map.of("percpu", "cpu", "per_cpu", "cpu", "core", "core");

  private FieldRules() {}

  private static Map<String, String> identities() {
    Map<String, String> all = new HashMap<>();
    all.put("container.id", "container_id");
    all.put("container.name", "container_name");
    all.put("docker.container.id", "container_id");
    all.put("docker.container.name", "container_name");
    all.put("docker.network.interface", "interface");
    all.put("docker.diskio.name", "name");
    all.put("process.pid", "pid");
    all.put("process.name", "process");
    all.put("user.name", "user");
    all.put("system.process.pid", "pid");
    all.put("system.process.name", "process");
    all.put("system.process.username", "user");
    all.put("system.core.id", "core");
    all.put("system.network.name", "name");
    all.put("system.diskio.name", "name");
    all.put("system.diskio.serial_number", "serial_number");
    all.put("system.filesystem.device_name", "device_name");
    all.put("system.filesystem.mount_point", "mount_point");
    all.put("system.filesystem.type", "type");
    all.put("nginx.stubstatus.hostname", "hostname");
    all.put("redis.keyspace.id", "id");
    all.put("kafka.broker.id", "broker");
    all.put("kafka.topic.name", "topic");
    all.put("kafka.partition.id", "partition");
    all.put("kafka.partition.partition.id", "partition");
    all.put("kafka.partition.topic.name", "topic");
    all.put("kafka.partition.broker.id", "broker");
    all.put("kafka.partition.replica", "replica");
    all.put("kafka.partition.partition.replica", "replica");
    all.put("kafka.consumergroup.id", "group");
    all.put("kafka.consumergroup.topic", "topic");
    all.put("kafka.consumergroup.partition", "partition");
    all.put("kafka.consumergroup.broker.id", "broker");
    all.put("kafka.consumergroup.client.id", "client_id");
    all.put("kafka.consumergroup.client.host", "client_host");
    return all;
  }

  /** Whether numbers here and below can be samples, where those above can be. */
  static boolean isMeasured(List<String> segments) {
    String root = segments.get(0);
    if (root.equals("host")) {
      return segments.size() == 1 || MEASURED_OF_HOST.contains(segments.get(1));
    }
    return !RESERVED.contains(root) && !ATTACHED.contains(segments.getLast());
  }

  static @Nullable String identity(String path) {
    return IDENTITIES.get(path);
  }

  static boolean leadsToIdentity(String prefix) {
    return IDENTITIES.keySet().stream().anyMatch(path -> path.startsWith(prefix));
  }

  /** Whether texts of this subtree may name things by {@link #isNaming}. */
  static boolean isOpen(List<String> segments) {
    return segments.size() > 1
        && !segments.get(0).equals("host")
        && !CLOSED.contains(segments.get(0) + "." + segments.get(1));
  }

  static boolean isNaming(String last) {
    return NAMING.contains(last);
  }

  static boolean isState(String last) {
    return STATES.contains(last);
  }

  static boolean isTime(String last) {
    return TIMES.contains(last);
  }

  /** The label that a numeric key becomes, or null where it stays in the name. */
  static @Nullable String numbered(String parent, String key) {
    String label = NUMBERED.get(parent);
    if (label == null || key.isEmpty() || key.length() > 6) {
      return null;
    }
    for (int i = 0; i < key.length(); i++) {
      if (key.charAt(i) < '0' || key.charAt(i) > '9') {
        return null;
      }
    }
    return label;
  }

  /** Whether a number only grows, until its source starts anew. */
  static boolean isCounter(List<String> segments) {
    String last = segments.getLast();
    String path = String.join(".", segments);
    return last.equals("ticks")
        || (last.equals("ns") && segments.contains("cpu"))
        || path.startsWith("system.network.in.")
        || path.startsWith("system.network.out.")
        || path.startsWith("docker.network.inbound.")
        || path.startsWith("docker.network.outbound.")
        || path.contains(".network.rx.")
        || path.contains(".network.tx.")
        || path.startsWith("system.diskio.read.")
        || path.startsWith("system.diskio.write.")
        || path.equals("system.diskio.io.time");
  }
}
