package io.lookout.ingest.metricbeat;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/** Times as Beats write them: {@code 2016-05-23T08:05:34.853Z}, with up to nine decimals. */
final class EventTime {
  /** Stands for a time that is none. */
  static final long INVALID = Long.MIN_VALUE;

  private EventTime() {}

  /** Milliseconds, or {@link #INVALID}; a number is milliseconds already. */
  static long millis(String text) {
    int length = text.length();
    if (length >= 20 && text.charAt(length - 1) == 'Z' && text.charAt(10) == 'T') {
      long usual = usual(text, length);
      if (usual != INVALID) {
        return usual;
      }
    }
    return otherwise(text);
  }

  private static long usual(String text, int length) {
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 7);
    int day = digits(text, 8, 10);
    int hour = digits(text, 11, 13);
    int minute = digits(text, 14, 16);
    int second = digits(text, 17, 19);
    int millis = 0;
    if (length > 20) {
      millis = text.charAt(19) == '.' ? digits(text, 20, Math.min(length - 1, 23)) : -1;
      for (int i = Math.min(length - 1, 23); millis > 0 && i < 23; i++) {
        millis *= 10;
      }
    }
    boolean parts = text.charAt(4) == '-' && text.charAt(7) == '-';
    boolean valid = (year | month | day | hour | minute | second | millis) >= 0 && parts;
    if (!valid || hour > 23 || minute > 59 || second > 59 || length > 30) {
      return INVALID;
    }
    try {
      long seconds = hour * 3600L + minute * 60L + second;
      return LocalDate.of(year, month, day).toEpochDay() * 86_400_000L + seconds * 1000 + millis;
    } catch (DateTimeException e) {
      return INVALID;
    }
  }

  /** -1 where one of them is no digit, or there is none. */
  private static int digits(String text, int from, int to) {
    int number = to > from ? 0 : -1;
    for (int i = from; i < to && number >= 0; i++) {
      int digit = text.charAt(i) - '0';
      number = digit >= 0 && digit <= 9 ? number * 10 + digit : -1;
    }
    return number;
  }

  private static long otherwise(String text) {
    try {
      return text.indexOf('T') > 0
          ? OffsetDateTime.parse(text).toInstant().toEpochMilli()
          : Long.parseLong(text);
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      return INVALID;
    }
  }
}
