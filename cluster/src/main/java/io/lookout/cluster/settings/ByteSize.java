package io.lookout.cluster.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, written with a binary unit: {@code 512KiB}, {@code 32MiB}, {@code 2GiB}, or
 * plain.
 */
public record ByteSize(long bytes) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})\\s*(B|KiB|MiB|GiB|TiB)?");

  /**
   * @throws IllegalArgumentException for text that is no size, or one of more than 2^63 bytes
   */
  public static ByteSize parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("is no size; write 512KiB, 32MiB or 2GiB");
    }
    long number = Long.parseLong(matcher.group(1));
    int shift = shift(matcher.group(2) == null ? "B" : matcher.group(2));
    if (number > Long.MAX_VALUE >> shift) {
      throw new IllegalArgumentException("is too large a size");
    }
    return new ByteSize(number << shift);
  }

  private static int shift(String unit) {
    return switch (unit) {
      case "KiB" -> 10;
      case "MiB" -> 20;
      case "GiB" -> 30;
      case "TiB" -> 40;
      default -> 0;
    };
  }
}
