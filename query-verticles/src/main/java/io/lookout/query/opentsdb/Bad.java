package io.lookout.query.opentsdb;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import org.jspecify.annotations.Nullable;

/** What a request can get wrong. */
final class Bad {
  private Bad() {}

  static LookoutException request(String what) {
    return new LookoutException(ErrorCode.BAD_DATA, what);
  }

  static LookoutException request(String what, @Nullable Throwable cause) {
    return new LookoutException(ErrorCode.BAD_DATA, what, cause);
  }
}
