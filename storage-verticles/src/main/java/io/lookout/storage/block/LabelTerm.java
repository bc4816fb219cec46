package io.lookout.storage.block;

/**
 * A label as one indexed term, {@code name=value}. What is {@code =} or {@code %} in the name is
 * escaped, so that the terms of a name are exactly those with its prefix.
 *
 * <p>Engines limit terms to 32 KiB, so long names and values are cut. A cut term stands for every
 * name or value that begins so: look-ups by terms find too much rather than too little, and the
 * label table decides.
 */
public final class LabelTerm {
  /** UTF-16 units of a name that are indexed: at most 9 KiB of UTF-8, were all of it escaped. */
  static final int MAX_NAME = 1024;

  /** UTF-16 units of a value that are indexed: at most 21 KiB of UTF-8. */
  static final int MAX_VALUE = 7000;

  private LabelTerm() {}

  public static String of(String name, String value) {
    return prefix(name) + ofValue(value);
  }

  /** A value as a term of its own, where a field holds the values of one label only. */
  public static String ofValue(String value) {
    return cut(value, MAX_VALUE);
  }

  /** What all terms of a label name begin with. */
  public static String prefix(String name) {
    String text = cut(name, MAX_NAME);
    if (text.indexOf('=') >= 0 || text.indexOf('%') >= 0) {
      text = text.replace("%", "%25").replace("=", "%3D");
    }
    return text + '=';
  }

  /** The label name of a term, or the beginning of it. */
  public static String name(String term) {
    String escaped = term.substring(0, term.indexOf('='));
    return escaped.replace("%3D", "=").replace("%25", "%");
  }

  /** Whether there may be more of a name than its terms tell. */
  public static boolean isCutName(String name) {
    return name.length() >= MAX_NAME - 1;
  }

  /** Whether there may be more of a value than its term tells. */
  public static boolean isCutValue(String value) {
    return value.length() >= MAX_VALUE - 1;
  }

  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(length - 1));
    return text.substring(0, splitsPair ? length - 1 : length);
  }
}
