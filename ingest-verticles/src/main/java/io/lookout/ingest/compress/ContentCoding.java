package io.lookout.ingest.compress;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a body is compressed, as {@code Content-Encoding} says. */
public enum ContentCoding {
  IDENTITY("identity"),
  GZIP("gzip"),
  DEFLATE("deflate"),
  ZSTD("zstd"),
  /** Snappy's block format, as remote write has it; not the framed one. */
  SNAPPY("snappy");

  /** All that clients are known to use. */
  public static final Set<ContentCoding> ALL = EnumSet.allOf(ContentCoding.class);

  private final String token;

  ContentCoding(String token) {
    this.token = token;
  }

  /**
   * The coding of a header; {@code absent} where there is none.
   *
   * @throws LookoutException {@code UNSUPPORTED_MEDIA_TYPE} for what is not among those allowed
   */
  public static ContentCoding of(
      @Nullable String header, ContentCoding absent, Set<ContentCoding> allowed) {
    if (header == null || header.isBlank()) {
      return absent;
    }
    String token = header.strip().toLowerCase(Locale.ROOT);
    for (ContentCoding each : allowed) {
      if (each.token.equals(token) || (each == GZIP && token.equals("x-gzip"))) {
        return each;
      }
    }
    throw new LookoutException(
        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
        "Content-Encoding " + header + " is not supported, only " + names(allowed) + " are");
  }

  private static String names(Set<ContentCoding> allowed) {
    return String.join(
        ", ", allowed.stream().map(each -> each.token).sorted().toArray(String[]::new));
  }
}
