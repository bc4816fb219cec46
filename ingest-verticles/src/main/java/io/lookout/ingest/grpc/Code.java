package io.lookout.ingest.grpc;

/** The statuses of gRPC that are answered here, with their numbers. */
enum Code {
  OK(0),
  INVALID_ARGUMENT(3),
  RESOURCE_EXHAUSTED(8),
  UNIMPLEMENTED(12),
  INTERNAL(13),
  UNAVAILABLE(14);

  private final int number;

  Code(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** The status that says what this status of HTTP says. */
  static Code ofHttp(int status) {
    return switch (status) {
      case 413, 429 -> RESOURCE_EXHAUSTED;
      case 404, 405, 415 -> UNIMPLEMENTED;
      case 503 -> UNAVAILABLE;
      case 500 -> INTERNAL;
      default -> INVALID_ARGUMENT;
    };
  }
}
