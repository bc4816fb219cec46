package io.lookout.model.chunk;

/**
 * Numbers of {@code width} bits one behind the other, the lowest bit first, so that number {@code
 * i} begins at bit {@code i * width}. Reading is one unaligned load, a shift and a mask for each
 * number, without a branch.
 */
final class BitPacking {
  /** The widest number that one unaligned load brings whole, wherever it begins. */
  private static final int ONE_LOAD = 57;

  private BitPacking() {}

  static int bytes(int count, int width) {
    return (count * width + 7) >>> 3;
  }

  static long mask(int width) {
    return width == 0 ? 0 : -1L >>> (64 - width);
  }

  /** Writes the low {@code width} bits of {@code values[from..from+count)} minus {@code base}. */
  static void pack(ColumnWriter out, long[] values, int from, int count, long base, int width) {
    if (width == 0) {
      return;
    }
    out.reserve(count * 8 + 16);
    byte[] bytes = out.array();
    int at = out.size();
    long mask = mask(width);
    long word = 0;
    int filled = 0;
    for (int i = from; i < from + count; i++) {
      long v = (values[i] - base) & mask;
      word |= v << filled;
      filled += width;
      if (filled >= 64) {
        ColumnWriter.LONG.set(bytes, at, word);
        at += 8;
        filled -= 64;
        word = filled == 0 ? 0 : v >>> (width - filled);
      }
    }
    ColumnWriter.LONG.set(bytes, at, word);
    out.advance(bytes(count, width));
  }

  /**
   * Reads {@code count} numbers into {@code out[to..)}. Eight bytes beyond the packed ones must be
   * within the array.
   */
  static void unpack(byte[] bytes, int at, int width, int count, long[] out, int to) {
    if (width == 0) {
      for (int i = 0; i < count; i++) {
        out[to + i] = 0;
      }
    } else if (width <= ONE_LOAD) {
      unpackNarrow(bytes, at, width, count, out, to);
    } else {
      unpackWide(bytes, at, width, count, out, to);
    }
  }

  private static void unpackNarrow(byte[] bytes, int at, int width, int count, long[] out, int to) {
    long mask = mask(width);
    int bit = 0;
    for (int i = 0; i < count; i++) {
      long word = (long) ColumnWriter.LONG.get(bytes, at + (bit >>> 3));
      out[to + i] = (word >>> (bit & 7)) & mask;
      bit += width;
    }
  }

  private static void unpackWide(byte[] bytes, int at, int width, int count, long[] out, int to) {
    long mask = mask(width);
    int bit = 0;
    for (int i = 0; i < count; i++) {
      int index = at + (bit >>> 3);
      int shift = bit & 7;
      long word = (long) ColumnWriter.LONG.get(bytes, index) >>> shift;
      // The ninth byte; shifted in two steps, because a shift by 64 would be one by 0.
      long rest = (bytes[index + 8] & 0xffL) << (63 - shift) << 1;
      out[to + i] = (word | rest) & mask;
      bit += width;
    }
  }
}
