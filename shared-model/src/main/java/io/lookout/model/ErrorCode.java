package io.lookout.model;

/**
 * Why a request failed: Prometheus's {@code errorType}, the HTTP status of the query API, and the
 * failure code on the bus. Every edge maps from here.
 */
public enum ErrorCode {
  BAD_DATA(1, "bad_data", 400),
  EXECUTION(2, "execution", 422),
  CANCELED(3, "canceled", 499),
  TIMEOUT(4, "timeout", 503),
  UNAVAILABLE(5, "unavailable", 503),
  INTERNAL(6, "internal", 500),
  NOT_FOUND(7, "not_found", 404),
  NOT_ACCEPTABLE(8, "not_acceptable", 406),
  /**
   * A tenant's own limit: Prometheus drops data on 429, so nothing else may be answered with it.
   */
  TENANT_LIMIT(9, "too_many_requests", 429),
  TOO_LARGE(10, "bad_data", 413),
  UNSUPPORTED_MEDIA_TYPE(11, "bad_data", 415);

  private final int busCode;
  private final String errorType;
  private final int httpStatus;

  ErrorCode(int busCode, String errorType, int httpStatus) {
    this.busCode = busCode;
    this.errorType = errorType;
    this.httpStatus = httpStatus;
  }

  public String errorType() {
    return errorType;
  }

  public int httpStatus() {
    return httpStatus;
  }

  /** The failure code of a bus reply: part of the wire form, never renumbered. */
  public int busCode() {
    return busCode;
  }

  /**
   * The code behind a bus reply's failure code; {@link #INTERNAL} for what no Lookout node sends.
   */
  public static ErrorCode ofBusCode(int code) {
    for (ErrorCode each : values()) {
      if (each.busCode == code) {
        return each;
      }
    }
    return INTERNAL;
  }
}
