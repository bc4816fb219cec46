package io.lookout.cluster.limits;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The entries of {@code limits.tenants}. */
final class Overrides {
  private Overrides() {}

  /**
   * The numbers by tenant and limit.
   *
   * @throws IllegalArgumentException for an entry that is none, with what is wrong with it
   */
  static Map<String, Map<Limit, Long>> parse(List<String> entries) {
    Map<String, Map<Limit, Long>> found = new HashMap<>();
    for (String entry : entries) {
      int slash = entry.lastIndexOf('/', Math.max(entry.indexOf('='), 0));
      int equals = entry.indexOf('=', slash + 1);
      if (slash < 1 || equals < 0) {
        throw new IllegalArgumentException(
            "limits.tenants: '" + entry + "' is not of the form TENANT/LIMIT=NUMBER");
      }
      found
          .computeIfAbsent(entry.substring(0, slash).strip(), tenant -> new HashMap<>())
          .put(
              limit(entry, entry.substring(slash + 1, equals).strip()),
              number(entry, entry.substring(equals + 1).strip()));
    }
    return found;
  }

  private static Limit limit(String entry, String name) {
    return Limit.named(name)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "limits.tenants: '"
                    + entry
                    + "' names no limit; there are "
                    + String.join(", ", Limit.labels())));
  }

  private static long number(String entry, String text) {
    if (!text.matches("\\d{1,10}")) {
      throw new IllegalArgumentException(
          "limits.tenants: '" + entry + "' has no whole number behind the equals sign");
    }
    return Long.parseLong(text);
  }
}
