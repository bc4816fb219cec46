package io.lookout.cluster.settings;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as Prometheus writes them: {@code 30d}, {@code 1h30m}, {@code 500ms}, {@code 0}. */
public final class DurationText {
  private static final Pattern TEXT =
      Pattern.compile(
          "(?:(\\d{1,9})y)?(?:(\\d{1,9})w)?(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?"
              + "(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");
  private static final long[] MILLIS = {
    365L * 86_400_000, 7L * 86_400_000, 86_400_000, 3_600_000, 60_000, 1_000, 1
  };

  private DurationText() {}

  /**
   * @throws IllegalArgumentException for text that is no duration
   */
  public static Duration parse(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher matcher = TEXT.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      throw new IllegalArgumentException("is no duration; write 30d, 1h30m, 15s or 500ms");
    }
    long millis = 0;
    for (int unit = 0; unit < MILLIS.length; unit++) {
      @Nullable String number = matcher.group(unit + 1);
      millis += number == null ? 0 : Long.parseLong(number) * MILLIS[unit];
    }
    return Duration.ofMillis(millis);
  }
}
