package io.lookout.query.promql.parse;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesText;
import java.util.List;

/** Durations as Prometheus writes them: {@code 1h30m}, units from y to ms, each at most once. */
public final class Durations {
  private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
  private static final long[] MILLIS = {
    365L * 86_400_000, 7L * 86_400_000, 86_400_000, 3_600_000, 60_000, 1000, 1
  };

  /** Prometheus counts durations in nanoseconds of 63 bits. */
  private static final long MAX_MILLIS = Long.MAX_VALUE / 1_000_000;

  private Durations() {}

  /**
   * Milliseconds.
   *
   * @throws LookoutException with {@link ErrorCode#BAD_DATA} and Prometheus's message
   */
  public static long parse(String text) {
    if (text.equals("0")) {
      return 0;
    }
    if (text.isEmpty()) {
      throw new LookoutException(ErrorCode.BAD_DATA, "empty duration string");
    }
    long total = 0;
    int at = 0;
    int unit = 0;
    while (at < text.length()) {
      int digits = at;
      while (at < text.length() && Lexer.isDigit(text.charAt(at))) {
        at++;
      }
      int unitEnd = at;
      while (unitEnd < text.length() && !Lexer.isDigit(text.charAt(unitEnd))) {
        unitEnd++;
      }
      if (at == digits || unitEnd == at) {
        throw invalid(text);
      }
      int next = unit(text.substring(at, unitEnd), text);
      if (next < unit) {
        throw invalid(text);
      }
      unit = next;
      total = add(total, text.substring(digits, at), MILLIS[unit]);
      unit++;
      at = unitEnd;
    }
    return total;
  }

  private static int unit(String name, String text) {
    int unit = List.of(UNITS).indexOf(name);
    if (unit < 0) {
      throw new LookoutException(
          ErrorCode.BAD_DATA,
          "unknown unit " + SeriesText.quote(name) + " in duration " + SeriesText.quote(text));
    }
    return unit;
  }

  private static LookoutException invalid(String text) {
    return new LookoutException(
        ErrorCode.BAD_DATA, "not a valid duration string: " + SeriesText.quote(text));
  }

  private static long add(long total, String digits, long millis) {
    try {
      long sum = Math.addExact(total, Math.multiplyExact(Long.parseLong(digits), millis));
      if (sum <= MAX_MILLIS) {
        return sum;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // Falls through: more than any duration can hold.
    }
    throw new LookoutException(ErrorCode.BAD_DATA, "duration out of range");
  }

  /** The shortest text for a duration of 0 or more, as Prometheus prints it: {@code 1h30m}. */
  public static String format(long millis) {
    if (millis == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder();
    long rest = millis;
    for (int i = 0; i < UNITS.length; i++) {
      // Years and weeks only where they come out even.
      boolean even = i >= 2 || rest % MILLIS[i] == 0;
      if (even && rest >= MILLIS[i]) {
        text.append(rest / MILLIS[i]).append(UNITS[i]);
        rest %= MILLIS[i];
      }
    }
    return text.toString();
  }
}
