package io.lookout.query.http;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesText;
import io.lookout.query.promql.parse.Durations;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times and durations as parameters have them. */
final class TimeText {
  /** The year 9999, and far enough from the ends of 64 bits that arithmetic cannot overflow. */
  static final long MAX_MILLIS = 1L << 53;

  /** As clients of Prometheus write "from the first" and "to the last". */
  private static final String EARLIEST = "-292273086-05-16T16:47:06Z";

  private static final String LATEST = "292277025-08-18T07:12:54.999999999Z";

  /** What Go takes for it: hours of one digit, commas, fractions and offsets of any length. */
  private static final Pattern RFC_3339 =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2})T(\\d{1,2})(:\\d{2}:\\d{2})(?:[.,](\\d+))?"
              + "(?:Z|([+-])(\\d{2}):(\\d{2}))");

  private static final int MAX_OFFSET_HOURS = 24;
  private static final int MAX_OFFSET_MINUTES = 60;

  private static final long NANOS_A_MILLI = 1_000_000;

  private TimeText() {}

  /**
   * Seconds since 1970 or RFC 3339, in ms.
   *
   * @throws LookoutException with {@code BAD_DATA}
   */
  static long millis(String text) {
    Double seconds = FloatText.read(text);
    if (seconds != null && Math.abs(seconds) * 1000 < MAX_MILLIS) {
      return millis(seconds);
    }
    if (text.equals(EARLIEST) || text.equals(LATEST)) {
      return text.equals(EARLIEST) ? -MAX_MILLIS : MAX_MILLIS;
    }
    Matcher date = RFC_3339.matcher(text);
    if (!date.matches()) {
      throw noTime(text, null);
    }
    try {
      return millis(date);
    } catch (DateTimeException e) {
      throw noTime(text, e);
    }
  }

  private static long millis(Matcher date) {
    String hour = (date.group(2).length() == 1 ? "0" : "") + date.group(2);
    String fraction = date.group(4) == null ? "" : date.group(4);
    LocalDateTime local = LocalDateTime.parse(date.group(1) + "T" + hour + date.group(3));
    long millis = local.toEpochSecond(ZoneOffset.UTC) * 1000;
    millis += Integer.parseInt((fraction + "000").substring(0, 3));
    if (date.group(5) == null) {
      return millis;
    }
    int hours = Integer.parseInt(date.group(6));
    int minutes = Integer.parseInt(date.group(7));
    if (hours > MAX_OFFSET_HOURS || minutes > MAX_OFFSET_MINUTES) {
      throw new DateTimeException("no offset");
    }
    long offset = (hours * 60L + minutes) * 60_000;
    return date.group(5).equals("-") ? millis + offset : millis - offset;
  }

  /** In the steps that Prometheus takes: what is left after the second is rounded by itself. */
  private static long millis(double seconds) {
    double whole = seconds < 0 ? Math.ceil(seconds) : Math.floor(seconds);
    double rest = seconds - whole;
    double rounded = Math.copySign(Math.floor(Math.abs(rest) * 1000 + 0.5), rest) / 1000;
    return ((long) whole) * 1000 + Math.floorDiv((long) (rounded * 1e9), NANOS_A_MILLI);
  }

  private static LookoutException noTime(String text, @Nullable Throwable cause) {
    String message = "cannot parse " + SeriesText.quote(text) + " to a valid timestamp";
    return cause == null
        ? new LookoutException(ErrorCode.BAD_DATA, message)
        : new LookoutException(ErrorCode.BAD_DATA, message, cause);
  }

  /**
   * Seconds or a duration, in ms.
   *
   * @throws LookoutException with {@code BAD_DATA}
   */
  static long durationMillis(String text) {
    Double seconds = FloatText.read(text);
    if (seconds != null && !(Math.abs(seconds * 1e9) >= 0x1p63)) {
      // Not a number is the smallest one, as in Go.
      return seconds.isNaN()
          ? Long.MIN_VALUE / NANOS_A_MILLI
          : (long) (seconds * 1e9) / NANOS_A_MILLI;
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
}
