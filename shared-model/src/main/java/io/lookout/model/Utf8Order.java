package io.lookout.model;

/** The order of strings by their UTF-8 bytes, without encoding them. */
public final class Utf8Order {
  private Utf8Order() {}

  /**
   * As {@code Comparator.compare}: UTF-16 order is byte order but for surrogates, which come last.
   */
  public static int compare(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean xAbove = Character.isSurrogate(x);
        boolean yAbove = Character.isSurrogate(y);
        return xAbove == yAbove ? Character.compare(x, y) : xAbove ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
