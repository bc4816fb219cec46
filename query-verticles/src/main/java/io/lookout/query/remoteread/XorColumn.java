package io.lookout.query.remoteread;

/** Floats, each as what differs from the one before: Facebook's Gorilla paper, section 4.1.2. */
final class XorColumn {
  private static final int NO_WINDOW = 0xff;

  private long last;
  private int leading = NO_WINDOW;
  private int trailing;

  /** The first value, in full. */
  void begin(double value, BitWriter out) {
    last = Double.doubleToRawLongBits(value);
    leading = NO_WINDOW;
    out.bits(last, 64);
  }

  void next(double value, BitWriter out) {
    long bits = Double.doubleToRawLongBits(value);
    long changed = bits ^ last;
    last = bits;
    if (changed == 0) {
      out.bit(0);
      return;
    }
    // Five bits hold the number of leading zeros.
    int zerosBefore = Math.min(31, Long.numberOfLeadingZeros(changed));
    int zerosAfter = Long.numberOfTrailingZeros(changed);
    if (leading != NO_WINDOW && zerosBefore >= leading && zerosAfter >= trailing) {
      out.bits(0b10, 2);
    } else {
      leading = zerosBefore;
      trailing = zerosAfter;
      out.bits(0b11, 2);
      out.bits(leading, 5);
      // Six bits: 64 is written as 0.
      out.bits(64 - leading - trailing, 6);
    }
    out.bits(changed >>> trailing, 64 - leading - trailing);
  }
}
