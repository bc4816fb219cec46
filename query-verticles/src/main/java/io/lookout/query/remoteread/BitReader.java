package io.lookout.query.remoteread;

import io.lookout.model.bytes.MalformedBytesException;

/** Reads what {@link BitWriter} and {@link Varbits} write, bit by bit. */
final class BitReader {
  private static final int[] WIDTHS = {0, 3, 6, 9, 12, 18, 25, 56, 64};

  private final byte[] bytes;

  /** In bits. */
  private long position;

  BitReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A number of things of which each takes a bit at least.
   *
   * @throws MalformedBytesException where there are not so many bits
   */
  int need(long things) {
    if (things < 0 || things > bytes.length * 8L - position) {
      throw new MalformedBytesException("the chunk ends early");
    }
    return (int) things;
  }

  long bits(int n) {
    need(n);
    long number = 0;
    int left = n;
    while (left > 0) {
      int inByte = (int) (8 - (position & 7));
      int taken = Math.min(left, inByte);
      int next = bytes[(int) (position >> 3)] >> (inByte - taken) & ((1 << taken) - 1);
      number = number << taken | next;
      position += taken;
      left -= taken;
    }
    return number;
  }

  double float64() {
    return Double.longBitsToDouble(bits(64));
  }

  long varint() {
    long number = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      long next = bits(8);
      number |= (next & 0x7f) << shift;
      if (next < 0x80) {
        return number;
      }
    }
    throw new MalformedBytesException("a number of more than ten bytes");
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
    return varbitUnsigned(ones(8));
  }

  /**
   * @param ones that were read already
   */
  long varbitUnsigned(int ones) {
    return bits(WIDTHS[ones]);
  }
}
