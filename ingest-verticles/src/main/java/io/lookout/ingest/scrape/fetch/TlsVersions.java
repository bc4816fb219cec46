package io.lookout.ingest.scrape.fetch;

import java.util.List;
import java.util.Set;

/** The versions of TLS that a configuration allows. */
final class TlsVersions {
  private static final List<String> ALL = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

  private TlsVersions() {}

  /** Empty where neither end is said: then the platform decides. */
  static Set<String> between(String min, String max) {
    if (min.isEmpty() && max.isEmpty()) {
      return Set.of();
    }
    int from = Math.max(0, ALL.indexOf(min));
    int to = max.isEmpty() ? ALL.size() : ALL.indexOf(max) + 1;
    return Set.copyOf(ALL.subList(from, Math.max(from, to)));
  }
}
