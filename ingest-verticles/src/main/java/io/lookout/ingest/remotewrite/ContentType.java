package io.lookout.ingest.remotewrite;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a remote write request announce. As in Prometheus's own receiver, a request
 * without these headers is taken for version 1.0 in snappy.
 */
final class ContentType {
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String VERSION_1 = "prometheus.WriteRequest";

  private ContentType() {}

  /**
   * @throws LookoutException {@code UNSUPPORTED_MEDIA_TYPE} for what is not {@code
   *     prometheus.WriteRequest} in snappy
   */
  static void check(@Nullable String type, @Nullable String encoding) {
    if (type != null && !type.isBlank()) {
      checkType(type);
    }
    if (encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("snappy")) {
      throw unsupported("Content-Encoding " + encoding + " is not supported, only snappy is");
    }
  }

  private static void checkType(String type) {
    String[] parts = type.split(";", -1);
    if (!parts[0].strip().toLowerCase(Locale.ROOT).equals(PROTOBUF)) {
      throw unsupported("Content-Type " + type + " is not supported, only " + PROTOBUF + " is");
    }
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.startsWith("proto=") && !message(parameter).equals(VERSION_1)) {
        throw unsupported(
            "message " + message(parameter) + " is not supported, only " + VERSION_1 + " is");
      }
    }
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
