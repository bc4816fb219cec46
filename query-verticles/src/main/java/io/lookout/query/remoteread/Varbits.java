package io.lookout.query.remoteread;

/**
 * Numbers of which most are small: as many ones as say how wide the number is, a zero (after the
 * eighth one none), the number. As in Prometheus's histogram chunks.
 */
final class Varbits {
  private static final int[] WIDTHS = {0, 3, 6, 9, 12, 18, 25, 56};

  private Varbits() {}

  /** Whether so many bits hold it: from −2^(bits−1)+1 to 2^(bits−1). */
  static boolean fits(long number, int bits) {
    return number >= -((1L << (bits - 1)) - 1) && number <= 1L << (bits - 1);
  }

  static void signed(long number, BitWriter out) {
    int kind = 0;
    while (kind < WIDTHS.length && !(kind == 0 ? number == 0 : fits(number, WIDTHS[kind]))) {
      kind++;
    }
    write(number, kind, out);
  }

  static void unsigned(long number, BitWriter out) {
    int kind = 0;
    while (kind < WIDTHS.length && number >>> WIDTHS[kind] != 0) {
      kind++;
    }
    write(number, kind, out);
  }

  private static void write(long number, int kind, BitWriter out) {
    if (kind < WIDTHS.length) {
      out.bits((1L << (kind + 1)) - 2, kind + 1);
      out.bits(number, WIDTHS[kind]);
    } else {
      out.bits(0xff, 8);
      out.bits(number, 64);
    }
  }
}
