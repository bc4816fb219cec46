package io.lookout.ingest.metricbeat;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Names of metrics and labels from paths: what is no letter or digit is an underscore. Two paths
 * never share a name: of those that were met, the one that sorts first has it, and the others have
 * four digits of their hashes behind it. So it does not matter which came first, as soon as both
 * have come. Thread-safe.
 */
final class Names {
  private final int most;
  private final Map<String, String> pathOf = new ConcurrentHashMap<>();
  private final AtomicInteger handovers = new AtomicInteger();

  /**
   * @param most names that are remembered
   */
  Names(int most) {
    this.most = most;
  }

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

  /** How often a name went from one path to another: what was said of them before is void. */
  int handovers() {
    return handovers.get();
  }

  /**
   * The name of this path's samples.
   *
   * @param remembered whether other paths may have to step aside for it
   */
  String metric(String path, boolean remembered) {
    String name = sanitised(path);
    return path.equals(holder(name, path, remembered)) ? name : apart(name, path);
  }

  private String holder(String name, String path, boolean remembered) {
    String known = pathOf.get(name);
    if (known == null && (!remembered || pathOf.size() >= most)) {
      return path;
    }
    if (known != null && (!remembered || known.compareTo(path) <= 0)) {
      return known;
    }
    String holder =
        pathOf.merge(name, path, (one, other) -> one.compareTo(other) < 0 ? one : other);
    if (known != null && holder.equals(path)) {
      handovers.incrementAndGet();
    }
    return holder;
  }

  private static String apart(String name, String path) {
    return name + "_" + String.format(Locale.ROOT, "%04x", path.hashCode() & 0xffff);
  }
}
