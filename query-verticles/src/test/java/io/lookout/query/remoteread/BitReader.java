package io.lookout.query.remoteread;

/** Reads what {@link BitWriter} and {@link Varbits} write, bit by bit. */
final class BitReader {
  private static final int[] WIDTHS = {0, 3, 6, 9, 12, 18, 25, 56, 64};

  private final byte[] bytes;
  private int position;

  BitReader(byte[] bytes) {
    this.bytes = bytes;
  }

  long bits(int n) {
    long number = 0;
    for (int i = 0; i < n; i++) {
      number = number << 1 | (bytes[position >> 3] >> (7 - (position & 7)) & 1);
      position++;
    }
    return number;
  }

  double float64() {
    return Double.longBitsToDouble(bits(64));
  }

  long varint() {
    long number = 0;
    for (int shift = 0; ; shift += 7) {
      long next = bits(8);
      number |= (next & 0x7f) << shift;
      if (next < 0x80) {
        return number;
      }
    }
  }

  long zigzag() {
    long number = varint();
    return number >>> 1 ^ -(number & 1);
  }

  /** How many ones follow, at most so many; the zero after them is taken too. */
  int ones(int most) {
    int n = 0;
    while (n < most && bits(1) == 1) {
      n++;
    }
    return n;
  }

  long signed(int width) {
    if (width == 0 || width == 64) {
      return bits(width);
    }
    long number = bits(width);
    return number > 1L << (width - 1) ? number - (1L << width) : number;
  }

  long varbitSigned() {
    return signed(WIDTHS[ones(8)]);
  }

  long varbitUnsigned() {
    return bits(WIDTHS[ones(8)]);
  }
}
