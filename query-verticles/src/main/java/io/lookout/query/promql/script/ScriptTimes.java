package io.lookout.query.promql.script;

import io.lookout.model.SeriesText;
import java.math.BigDecimal;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and durations as scripts write them: {@code 1h30m}, {@code -59999ms}, {@code 90}. */
final class ScriptTimes {
  private static final Pattern PART = Pattern.compile("(\\d+)(ms|[smhdwy])");
  private static final Pattern DURATION = Pattern.compile("([-+]?)((?:\\d+(?:ms|[smhdwy]))+)");

  /** Digits of more than that fit into no time. */
  private static final int MAX_LENGTH = 18;

  private ScriptTimes() {}

  /**
   * Milliseconds.
   *
   * @throws ScriptException for what is neither a duration nor a number of seconds
   */
  static long millis(String text) {
    Matcher duration = DURATION.matcher(text);
    if (duration.matches() && text.length() < MAX_LENGTH) {
      long sum = PART.matcher(duration.group(2)).results().mapToLong(ScriptTimes::part).sum();
      return duration.group(1).equals("-") ? -sum : sum;
    }
    try {
      return new BigDecimal(text).movePointRight(3).longValue();
    } catch (NumberFormatException e) {
      throw new ScriptException("not a valid duration string: " + SeriesText.quote(text));
    }
  }

  /**
   * The same.
   *
   * @param what it is, for messages
   */
  static long millis(String what, String text) {
    try {
      return millis(text);
    } catch (ScriptException e) {
      throw new ScriptException(
          "invalid " + what + " definition " + SeriesText.quote(text) + ": " + e.getMessage());
    }
  }

  /** Times from a first one to a last one. */
  static Expectation.Times range(String from, String to, String step) {
    long start = millis("start timestamp", from);
    long end = millis("end timestamp", to);
    if (end < start) {
      throw new ScriptException(
          "invalid test definition, end timestamp ("
              + to
              + ") is before start timestamp ("
              + from
              + ")");
    }
    long millis = millis("step", step);
    if (millis <= 0) {
      throw new ScriptException(
          "invalid step definition " + SeriesText.quote(step) + ": it must be above 0");
    }
    return new Expectation.Times(start, end, millis);
  }

  private static long part(MatchResult part) {
    long n = Long.parseLong(part.group(1));
    return n
        * switch (part.group(2)) {
          case "ms" -> 1L;
          case "s" -> 1_000L;
          case "m" -> 60_000L;
          case "h" -> 3_600_000L;
          case "d" -> 86_400_000L;
          case "w" -> 7 * 86_400_000L;
          default -> 365 * 86_400_000L;
        };
  }
}
