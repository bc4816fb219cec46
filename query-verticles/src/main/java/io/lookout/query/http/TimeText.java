package io.lookout.query.http;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesText;
import io.lookout.query.promql.parse.Durations;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Times and durations as parameters have them. */
final class TimeText {
  /** The year 9999, and far enough from the ends of 64 bits that arithmetic cannot overflow. */
  static final long MAX_MILLIS = 1L << 53;

  private TimeText() {}

  /**
   * Seconds since 1970 or RFC 3339, in ms.
   *
   * @throws LookoutException with {@code BAD_DATA}
   */
  static long millis(String text) {
    Double seconds = number(text);
    if (seconds != null && Math.abs(seconds) * 1000 < MAX_MILLIS) {
      return Math.round(seconds * 1000);
    }
    try {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new LookoutException(
          ErrorCode.BAD_DATA,
          "cannot parse " + SeriesText.quote(text) + " to a valid timestamp",
          e);
    }
  }

  /**
   * Seconds or a duration, in ms.
   *
   * @throws LookoutException with {@code BAD_DATA}
   */
  static long durationMillis(String text) {
    Double seconds = number(text);
    if (seconds != null && Math.abs(seconds) * 1000 < MAX_MILLIS) {
      return (long) (seconds * 1000);
    }
    try {
      if (seconds == null) {
        return Durations.parse(text);
      }
    } catch (LookoutException e) {
      throw unreadable(text, "", e);
    }
    throw unreadable(text, ". It overflows int64", null);
  }

  private static LookoutException unreadable(String text, String why, @Nullable Throwable cause) {
    String message = "cannot parse " + SeriesText.quote(text) + " to a valid duration" + why;
    return cause == null
        ? new LookoutException(ErrorCode.BAD_DATA, message)
        : new LookoutException(ErrorCode.BAD_DATA, message, cause);
  }

  private static @Nullable Double number(String text) {
    try {
      return text.isEmpty() || Character.isLetter(text.charAt(text.length() - 1))
          ? null
          : Double.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
