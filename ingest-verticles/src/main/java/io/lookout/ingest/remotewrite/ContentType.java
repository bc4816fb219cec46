package io.lookout.ingest.remotewrite;

import io.lookout.ingest.compress.ContentCoding;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a remote write request announce. As in Prometheus's own receiver, a request
 * without these headers is taken for version 1.0 in snappy.
 */
public final class ContentType {
  private static final Set<ContentCoding> CODINGS =
      EnumSet.of(ContentCoding.SNAPPY, ContentCoding.ZSTD);

  private static final String PROTOBUF = "application/x-protobuf";

  private ContentType() {}

  /**
   * The compression that is announced.
   *
   * @throws LookoutException {@code UNSUPPORTED_MEDIA_TYPE} for what is neither snappy nor zstd
   */
  static ContentCoding coding(@Nullable String encoding) {
    return ContentCoding.of(encoding, ContentCoding.SNAPPY, CODINGS);
  }

  /**
   * The version that a content type announces; 1.0 where there is none.
   *
   * @throws LookoutException {@code UNSUPPORTED_MEDIA_TYPE} for what is no remote write
   */
  public static WireVersion version(@Nullable String type) {
    if (type == null || type.isBlank()) {
      return WireVersion.V1;
    }
    String[] parts = type.split(";", -1);
    if (!parts[0].strip().toLowerCase(Locale.ROOT).equals(PROTOBUF)) {
      throw unsupported("Content-Type " + type + " is not supported, only " + PROTOBUF + " is");
    }
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.startsWith("proto=")) {
        return versionOf(message(parameter));
      }
    }
    return WireVersion.V1;
  }

  private static WireVersion versionOf(String message) {
    for (WireVersion version : WireVersion.values()) {
      if (version.message().equals(message)) {
        return version;
      }
    }
    throw unsupported("message " + message + " is not supported");
  }

  private static String message(String parameter) {
    String message = parameter.substring("proto=".length());
    boolean quoted = message.length() > 1 && message.startsWith("\"") && message.endsWith("\"");
    return quoted ? message.substring(1, message.length() - 1) : message;
  }

  private static LookoutException unsupported(String message) {
    return new LookoutException(ErrorCode.UNSUPPORTED_MEDIA_TYPE, message);
  }
}
