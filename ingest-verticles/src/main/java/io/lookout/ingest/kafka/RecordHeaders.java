package io.lookout.ingest.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Headers of records: those of the HTTP requests that have the same bodies. */
final class RecordHeaders {
  static final String CONTENT_TYPE = "Content-Type";
  static final String CONTENT_ENCODING = "Content-Encoding";
  static final String VERSION = "X-Prometheus-Remote-Write-Version";
  static final String TENANT = "X-Scope-OrgID";

  private RecordHeaders() {}

  /** The last header of this name, in any case; null where there is none. */
  static @Nullable String text(Headers headers, String name) {
    String found = null;
    for (Header header : headers) {
      if (header.key().equalsIgnoreCase(name) && header.value() != null) {
        found = new String(header.value(), StandardCharsets.UTF_8);
      }
    }
    return found;
  }
}
