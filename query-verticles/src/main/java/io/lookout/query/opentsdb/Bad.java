package io.lookout.query.opentsdb;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;

/** What a request can get wrong. */
final class Bad {
  private Bad() {}

  static LookoutException request(String what) {
    return new LookoutException(ErrorCode.BAD_DATA, what);
  }

  static LookoutException request(String what, Throwable cause) {
    return new LookoutException(ErrorCode.BAD_DATA, what, cause);
  }
}
