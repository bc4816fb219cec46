package io.lookout.ingest.opentsdb;

/**
 * Times as OpenTSDB takes them: up to ten digits are seconds, more are milliseconds; seconds may
 * have a fraction.
 */
final class Timestamps {
  private static final long LAST_SECOND = 9_999_999_999L;
  private static final long LAST_MILLI = 9_999_999_999_999L;

  /** Stands for a time that is none. */
  static final long INVALID = Long.MIN_VALUE;

  private Timestamps() {}

  /** Milliseconds, or {@link #INVALID}. */
  static long millis(long time) {
    if (time <= 0 || time > LAST_MILLI) {
      return INVALID;
    }
    return time <= LAST_SECOND ? time * 1000 : time;
  }

  /** Milliseconds of seconds with a fraction, or {@link #INVALID}. */
  static long millis(double seconds) {
    return seconds > 0 && seconds <= LAST_SECOND ? Math.round(seconds * 1000) : INVALID;
  }

  /** Milliseconds of a text, or {@link #INVALID}. */
  static long millis(String text) {
    try {
      return text.indexOf('.') >= 0
          ? millis(Double.parseDouble(text))
          : millis(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return INVALID;
    }
  }
}
