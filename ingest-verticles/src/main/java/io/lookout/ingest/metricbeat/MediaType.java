package io.lookout.ingest.metricbeat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The content type that a client understands: clients from version 8 on ask for that of their own
 * version, and refuse another.
 */
final class MediaType {
  static final String PRODUCT_HEADER = "X-Elastic-Product";
  static final String PRODUCT = "Elasticsearch";

  private static final String PLAIN = "application/json; charset=UTF-8";
  private static final Pattern COMPATIBLE =
      Pattern.compile(
          "application/vnd\\.elasticsearch\\+[a-z-]+\\s*;"
              + "\\s*compatible-with\\s*=\\s*(\\d{1,2})");

  private MediaType() {}

  static String of(@Nullable String accept) {
    Matcher matcher = COMPATIBLE.matcher(accept == null ? "" : accept);
    return matcher.find()
        ? "application/vnd.elasticsearch+json;compatible-with=" + matcher.group(1)
        : PLAIN;
  }
}
