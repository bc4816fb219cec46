package io.lookout.ingest.metricbeat;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names of metrics and labels from paths: what is no letter or digit is an underscore. Two paths
 * never share a name: the second to come has four digits of its hash behind it. Thread-safe.
 */
final class Names {
  private final Map<String, String> pathOf = new ConcurrentHashMap<>();

  static String sanitised(String path) {
    StringBuilder name = new StringBuilder(path.length() + 1);
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean digit = c >= '0' && c <= '9';
      if (digit && i == 0) {
        name.append('_');
      }
      name.append(letter || digit ? c : '_');
    }
    return name.toString();
  }

  /**
   * The name of this path's samples.
   *
   * @param remembered whether later paths may have to step aside for it
   */
  String metric(String path, boolean remembered) {
    String name = sanitised(path);
    String first = remembered ? pathOf.putIfAbsent(name, path) : pathOf.getOrDefault(name, "");
    return first == null || first.equals(path) ? name : apart(name, path);
  }

  private static String apart(String name, String path) {
    return name + "_" + String.format(Locale.ROOT, "%04x", path.hashCode() & 0xffff);
  }
}
