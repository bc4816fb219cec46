package io.lookout.ingest.remotewrite;

/** The versions of remote write, by the message that a request carries. */
public enum WireVersion {
  /** {@code prometheus.WriteRequest}. */
  V1("prometheus.WriteRequest"),
  /** {@code io.prometheus.write.v2.Request}. */
  V2("io.prometheus.write.v2.Request");

  private final String message;

  WireVersion(String message) {
    this.message = message;
  }

  /** The message's full name, as parameter {@code proto} of the content type has it. */
  String message() {
    return message;
  }
}
