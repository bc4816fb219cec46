package io.lookout.ingest.yaml;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as Prometheus's configuration has them: {@code 10MB} and {@code 10MiB} are the same. */
final class Base2Bytes {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,12})\\s*([KMGTP]?)I?B");

  private Base2Bytes() {}

  /**
   * @throws IllegalArgumentException for text that is no size
   */
  static long parse(String text) {
    if (text.equals("0")) {
      return 0;
    }
    Matcher matcher = TEXT.matcher(text.toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("is no size; write 512KB, 10MB or 1GB");
    }
    int shift = 10 * ("KMGTP".indexOf(matcher.group(2)) + 1);
    long number = Long.parseLong(matcher.group(1));
    int power = matcher.group(2).isEmpty() ? 0 : shift;
    if (number > Long.MAX_VALUE >> power) {
      throw new IllegalArgumentException("is too large a size");
    }
    return number << power;
  }
}
