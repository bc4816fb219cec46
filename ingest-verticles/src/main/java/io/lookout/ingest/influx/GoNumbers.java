package io.lookout.ingest.influx;

import java.util.regex.Pattern;

/** What Go says of numbers that are none, in whose words InfluxDB answers. */
final class GoNumbers {
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");

  private GoNumbers() {}

  /** Whether a text is a whole number, of whatever size. */
  static boolean isWhole(String text) {
    return WHOLE.matcher(text).matches();
  }

  /** Of a whole number that has no room in 64 bits. */
  static String outOfRange(String text, boolean unsigned) {
    String function = unsigned ? "ParseUint" : "ParseInt";
    return "strconv." + function + ": parsing \"" + text + "\": value out of range";
  }
}
