package io.lookout.query.opentsdb;

import io.lookout.model.LookoutException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Times and durations as OpenTSDB writes them. */
final class TimeWords {
  private static final long LAST_SECOND = 9_999_999_999L;

  /** Later times, and longer durations, are refused: sums of a few of them are no overflow. */
  private static final long LAST_MILLI = 9_999_999_999_999L;

  private static final List<DateTimeFormatter> FORMATS =
      List.of(
          DateTimeFormatter.ofPattern("yyyy/MM/dd-HH:mm:ss", Locale.ROOT),
          DateTimeFormatter.ofPattern("yyyy/MM/dd-HH:mm", Locale.ROOT));

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd", Locale.ROOT);

  private TimeWords() {}

  /**
   * Milliseconds of {@code 1356998400}, {@code 1356998400000}, {@code 1356998400.5}, {@code
   * 1h-ago}, {@code 2012/12/31-23:59:59}, {@code now}.
   *
   * @throws LookoutException {@code BAD_DATA} for what is none of these
   */
  static long millis(String text, long now, ZoneId zone) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    try {
      if (word.equals("now")) {
        return now;
      } else if (word.endsWith("-ago")) {
        return now - duration(word.substring(0, word.length() - 4));
      } else if (word.indexOf('/') >= 0) {
        return calendar(word.replace(' ', '-'), zone);
      } else if (word.indexOf('.') >= 0) {
        return fraction(word);
      }
      long number = Long.parseLong(word);
      if (number >= 0 && number <= LAST_MILLI) {
        return number <= LAST_SECOND ? number * 1000 : number;
      }
    } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
      throw Bad.request("Invalid time: " + text, e);
    }
    throw Bad.request("Invalid time: " + text);
  }

  private static long fraction(String seconds) {
    double number = Double.parseDouble(seconds);
    if (!(number >= 0 && number <= LAST_SECOND)) {
      throw new NumberFormatException();
    }
    return Math.round(number * 1000);
  }

  private static long calendar(String text, ZoneId zone) {
    for (DateTimeFormatter format : FORMATS) {
      if (text.length() == (format == FORMATS.get(0) ? 19 : 16)) {
        return LocalDateTime.parse(text, format).atZone(zone).toInstant().toEpochMilli();
      }
    }
    return LocalDate.parse(text, DAY).atStartOfDay(zone).toInstant().toEpochMilli();
  }

  /**
   * Milliseconds of a number and one of ms, s, m, h, d, w, n (30 days), y (365 days).
   *
   * @throws LookoutException {@code BAD_DATA} for what is none, or nothing
   */
  static long duration(String text) {
    int digits = 0;
    while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    long unit =
        switch (text.substring(digits)) {
          case "ms" -> 1;
          case "s" -> 1000;
          case "m" -> 60_000;
          case "h" -> 3_600_000;
          case "d" -> 86_400_000;
          case "w" -> 7 * 86_400_000L;
          case "n" -> 30 * 86_400_000L;
          case "y" -> 365 * 86_400_000L;
          default -> throw Bad.request("Invalid duration: " + text);
        };
    try {
      long duration = Math.multiplyExact(Long.parseLong(text.substring(0, digits)), unit);
      if (duration > LAST_MILLI) {
        throw new ArithmeticException("longer than all time");
      } else if (duration > 0) {
        return duration;
      }
    } catch (NumberFormatException | ArithmeticException e) {
      throw Bad.request("Invalid duration: " + text, e);
    }
    throw Bad.request("Zero or negative duration: " + text);
  }
}
