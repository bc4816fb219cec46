package io.lookout.ingest.metricbeat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A place in events, by its path from the root, with all that can be said of it without an event.
 * Known fields form a tree that all requests share, so that a path is looked at once and not once
 * for a sample. Thread-safe.
 */
final class Field {
  final @Nullable Field parent;
  final List<String> segments;
  final String path;
  final Rule rule;

  /** Kept apart for children to be found without locking. */
  final Map<String, Field> children = new ConcurrentHashMap<>(4);

  /**
   * What is known of it.
   *
   * @param control what it says of the event, or null
   * @param skipped nothing in it or below it counts
   * @param measured numbers are samples
   * @param label that its value becomes, or null
   * @param open whether its texts may be labels by their last segment
   * @param counter whether its samples only grow
   */
  record Rule(
      @Nullable Control control,
      boolean skipped,
      boolean measured,
      @Nullable String label,
      boolean open,
      Series series,
      boolean counter) {}

  /**
   * The part of a series that the field gives.
   *
   * @param path without numeric keys
   * @param metric the name
   * @param keyLabel the label that a numeric key in the path becomes, or null
   * @param key that key; empty for none
   * @param high of the hash of metric and key
   * @param low of it
   */
  record Series(
      String path, String metric, @Nullable String keyLabel, String key, long high, long low) {}

  /** The whole path as the name of a label. */
  final String pathLabel;

  /** What {@link #namingLabel} said last. */
  private volatile Naming naming = new Naming("", "");

  private record Naming(String metricset, String label) {}

  Field(@Nullable Field parent, List<String> segments, String path, Rule rule) {
    this.parent = parent;
    this.segments = segments;
    this.path = path;
    this.rule = rule;
    this.pathLabel = Names.sanitised(path);
  }

  String last() {
    return segments.getLast();
  }

  /**
   * The label of a text here that names something: its path without module, metricset, and a {@code
   * name} at the end: {@code kubernetes.pod.name} is {@code pod}, {@code a.b.c.name} of metricset
   * {@code b} is {@code c}.
   */
  String namingLabel(String metricset) {
    Naming known = naming;
    if (!known.metricset().equals(metricset) || known.label().isEmpty()) {
      known = new Naming(metricset, label(metricset));
      naming = known;
    }
    return known.label();
  }

  private String label(String metricset) {
    int from = 1;
    boolean kubernetes = segments.get(0).equals("kubernetes");
    if (!kubernetes && segments.size() > 2 && segments.get(1).equals(metricset)) {
      from = 2;
    }
    int to = segments.size();
    if (to - from > 1 && last().equals("name")) {
      to--;
    }
    String label = Names.sanitised(String.join("_", segments.subList(from, to)));
    return Identity.STANDARD.contains(label) ? pathLabel : label;
  }
}
