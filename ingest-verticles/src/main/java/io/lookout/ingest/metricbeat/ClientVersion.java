package io.lookout.ingest.metricbeat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which version of Elasticsearch a client is told it talks to: its own, because some refuse an
 * older one, and the wire forms follow from it.
 */
final class ClientVersion {
  /** For Beats that do not say theirs: those of version 6 and early 7. */
  static final String OTHERWISE = "7.17.29";

  private static final String NUMBER = "(\\d{1,3}\\.\\d{1,3}\\.\\d{1,3})";

  /** {@code Elastic-Metricbeat/8.13.0 (linux; amd64; …)}. */
  private static final Pattern BEAT = Pattern.compile("Elastic-\\w+/" + NUMBER);

  /** {@code es=8.19.1,js=22.1.0,…}. */
  private static final Pattern CLIENT = Pattern.compile("\\bes=" + NUMBER);

  private ClientVersion() {}

  /**
   * @param meta of header {@code x-elastic-client-meta}
   */
  static String of(@Nullable String userAgent, @Nullable String meta) {
    Matcher beat = BEAT.matcher(userAgent == null ? "" : userAgent);
    if (beat.find()) {
      return beat.group(1);
    }
    Matcher client = CLIENT.matcher(meta == null ? "" : meta);
    return client.find() ? client.group(1) : OTHERWISE;
  }
}
