package io.lookout.model.chunk;

import java.util.Arrays;

/**
 * A column of doubles. What monitoring measures is mostly decimal: counts, bytes, seconds with some
 * digits. Such numbers are integers once they are multiplied by a power of ten, and integers pack
 * well. What is left is packed as the integers that the bits of the doubles are: neighbours in size
 * are neighbours as integers.
 *
 * <pre>
 *   16 constant             bits:u64
 *   17 decimal              exponent:u8  longs                      v[i] = l[i] / 10^exponent
 *   18 decimal, exceptions  exponent:u8  count:varint  count * (gap:varint bits:u64)  longs
 *   19 bits                 longs                                   v[i] = double of the bits l[i]
 *   20 plain                n * bits:u64                            v[i] as it is
 * </pre>
 *
 * <p>Every double comes back with the same bits: a number counts as decimal only when the division
 * that the decoder will do was done and gave it. The exceptions are the few that are not (stale
 * markers, NaN, infinities, -0.0); the integer in their place repeats the one before.
 *
 * <p>Plain is for columns that live as long as one answer: written and read at the speed of memory.
 */
final class DoubleColumn {
  static final int CONSTANT = 16;
  static final int DECIMAL = 17;
  static final int DECIMAL_WITH_EXCEPTIONS = 18;
  static final int BITS = 19;
  static final int PLAIN = 20;

  /** The powers of ten that are doubles exactly. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final int LARGEST_EXPONENT = 16;

  /** An exponent that fails for more than two of the first so many is not tried on the others. */
  private static final int SAMPLE = 32;

  /** One in so many may be an exception. */
  private static final int EXCEPTION_SHARE = 32;

  private static final int EXCEPTION_BYTES = 10;

  private final LongColumn longs = new LongColumn();
  private long[] integers = new long[128];
  private int[] exceptions = new int[8];
  private int exceptionCount;

  /** Writes {@code v[from..from+n)} in the form that takes the fewest bytes. */
  void write(ColumnWriter out, double[] v, int from, int n) {
    if (n > integers.length) {
      integers = new long[Math.max(n, integers.length * 2)];
    }
    int exponent = decimals(v, from, n);
    if (exponent < 0) {
      writeBits(out, v, from, n);
      return;
    }
    int cost = longs.plan(integers, n) + exceptionCount * EXCEPTION_BYTES;
    if (cost > 4 * n + 8) {
      int start = out.size();
      writeDecimals(out, v, from, n, exponent);
      replaceByBitsIfSmaller(out, start, v, from, n);
    } else {
      writeDecimals(out, v, from, n, exponent);
    }
  }

  /** Writes {@code v[from..from+n)} as it is. */
  static void writePlain(ColumnWriter out, double[] v, int from, int n) {
    out.reserve(1 + 8 * n);
    out.writeByte(PLAIN);
    for (int i = 0; i < n; i++) {
      out.writeDouble(v[from + i]);
    }
  }

  private static void readPlain(ColumnReader in, double[] out, int to, Part part) {
    in.need(8L * part.end());
    in.position += 8 * part.first();
    for (int i = 0; i < part.count(); i++) {
      out[to + i] = in.readDouble();
    }
  }

  private void writeDecimals(ColumnWriter out, double[] v, int from, int n, int exponent) {
    out.writeByte(exceptionCount == 0 ? DECIMAL : DECIMAL_WITH_EXCEPTIONS);
    out.writeByte(exponent);
    if (exceptionCount != 0) {
      out.writeVarint(exceptionCount);
      int last = 0;
      for (int i = 0; i < exceptionCount; i++) {
        out.writeVarint(exceptions[i] - last);
        out.writeDouble(v[from + exceptions[i]]);
        last = exceptions[i];
      }
    }
    longs.write(out, integers, n);
  }

  private void replaceByBitsIfSmaller(ColumnWriter out, int start, double[] v, int from, int n) {
    int decimals = out.size() - start;
    bits(v, from, n);
    if (longs.plan(integers, n) + 1 < decimals) {
      out.truncate(start);
      out.writeByte(BITS);
      longs.write(out, integers, n);
    }
  }

  private void writeBits(ColumnWriter out, double[] v, int from, int n) {
    bits(v, from, n);
    int cost = longs.plan(integers, n);
    if (cost > 8 && longs.isConstant()) {
      out.writeByte(CONSTANT);
      out.writeFixed64(integers[0]);
    } else {
      out.writeByte(BITS);
      longs.write(out, integers, n);
    }
  }

  private void bits(double[] v, int from, int n) {
    for (int i = 0; i < n; i++) {
      integers[i] = Double.doubleToRawLongBits(v[from + i]);
    }
  }

  /**
   * Finds the least exponent that makes integers of all but a few, and fills integers and
   * exceptions; -1 where there is none.
   */
  private int decimals(double[] v, int from, int n) {
    int allowed = n <= 2 ? 0 : 1 + n / EXCEPTION_SHARE;
    int sample = Math.min(n, SAMPLE);
    for (int exponent = 0; exponent <= LARGEST_EXPONENT; exponent++) {
      if (fits(v, from, sample, POWERS[exponent], Math.min(2, allowed))
          && scale(v, from, n, POWERS[exponent], allowed)) {
        return exponent;
      }
    }
    return -1;
  }

  private static boolean fits(double[] v, int from, int n, double power, int allowed) {
    int misfits = 0;
    for (int i = from; i < from + n; i++) {
      double value = v[i];
      double back = (double) (long) Math.rint(value * power) / power;
      if (Double.doubleToRawLongBits(back) != Double.doubleToRawLongBits(value)
          && ++misfits > allowed) {
        return false;
      }
    }
    return true;
  }

  /** The usual case first: no exceptions, and no branch for each number. */
  private boolean scale(double[] v, int from, int n, double power, int allowed) {
    exceptionCount = 0;
    long misfit = power == 1 ? truncate(v, from, n) : multiply(v, from, n, power);
    return misfit == 0 || scaleWithExceptions(v, from, n, power, allowed);
  }

  /** Returns bits that are set where a number is not what its integer gives back. */
  private long truncate(double[] v, int from, int n) {
    long[] to = integers;
    long misfit = 0;
    for (int i = 0; i < n; i++) {
      double value = v[from + i];
      long integer = (long) value;
      to[i] = integer;
      misfit |= Double.doubleToRawLongBits((double) integer) ^ Double.doubleToRawLongBits(value);
    }
    return misfit;
  }

  private long multiply(double[] v, int from, int n, double power) {
    long[] to = integers;
    long misfit = 0;
    for (int i = 0; i < n; i++) {
      double value = v[from + i];
      long integer = (long) Math.rint(value * power);
      to[i] = integer;
      misfit |=
          Double.doubleToRawLongBits((double) integer / power) ^ Double.doubleToRawLongBits(value);
    }
    return misfit;
  }

  private boolean scaleWithExceptions(double[] v, int from, int n, double power, int allowed) {
    for (int i = 0; i < n; i++) {
      double value = v[from + i];
      long integer = (long) Math.rint(value * power);
      integers[i] = integer;
      if (Double.doubleToRawLongBits((double) integer / power)
          != Double.doubleToRawLongBits(value)) {
        if (exceptionCount == allowed) {
          return false;
        }
        except(i);
      }
    }
    fillExceptions(n);
    return true;
  }

  private void except(int i) {
    if (exceptionCount == exceptions.length) {
      exceptions = Arrays.copyOf(exceptions, exceptionCount * 2);
    }
    exceptions[exceptionCount++] = i;
  }

  /** Each repeats its left neighbour; those at the beginning the first that is none. */
  private void fillExceptions(int n) {
    int leading = 0;
    while (leading < exceptionCount && exceptions[leading] == leading) {
      leading++;
    }
    for (int i = 0; i < leading; i++) {
      integers[i] = leading < n ? integers[leading] : 0;
    }
    for (int i = leading; i < exceptionCount; i++) {
      integers[exceptions[i]] = integers[exceptions[i] - 1];
    }
  }

  /**
   * The numbers of a column that are wanted.
   *
   * @param first place of the first of them
   * @param count of them
   * @param n of all
   */
  record Part(int first, int count, int n) {
    int end() {
      return first + count;
    }
  }

  /** Reads {@code n} numbers into {@code out[to..)}. */
  void read(ColumnReader in, double[] out, int to, int n) {
    read(in, out, to, new Part(0, n, n));
  }

  /**
   * Reads some of the numbers into {@code out[to..)}: what lies behind them is not touched, what
   * lies before them is unpacked but not made doubles of. The reader is left somewhere in the
   * column where they are not all.
   */
  void read(ColumnReader in, double[] out, int to, Part part) {
    int form = in.readByte();
    switch (form) {
      case CONSTANT -> Arrays.fill(out, to, to + part.count(), in.readDouble());
      case DECIMAL -> readDecimals(in, in.readByte(), out, to, part);
      case DECIMAL_WITH_EXCEPTIONS -> readWithExceptions(in, out, to, part);
      case BITS -> {
        readLongs(in, part);
        for (int i = 0; i < part.count(); i++) {
          out[to + i] = Double.longBitsToDouble(integers[part.first() + i]);
        }
      }
      case PLAIN -> readPlain(in, out, to, part);
      default -> throw ColumnReader.corrupt("a column of doubles in form " + form);
    }
  }

  private void readLongs(ColumnReader in, Part part) {
    if (part.n() > integers.length) {
      integers = new long[Math.max(part.n(), integers.length * 2)];
    }
    longs.read(in, integers, 0, part.end(), part.n());
  }

  private void readDecimals(ColumnReader in, int exponent, double[] out, int to, Part part) {
    if (exponent >= POWERS.length) {
      throw ColumnReader.corrupt("an exponent of " + exponent);
    }
    readLongs(in, part);
    long[] from = integers;
    int first = part.first();
    int n = part.count();
    if (exponent == 0) {
      for (int i = 0; i < n; i++) {
        out[to + i] = (double) from[first + i];
      }
    } else {
      double power = POWERS[exponent];
      for (int i = 0; i < n; i++) {
        out[to + i] = (double) from[first + i] / power;
      }
    }
  }

  private void readWithExceptions(ColumnReader in, double[] out, int to, Part part) {
    int exponent = in.readByte();
    int count = in.readCount(Math.min(part.n(), in.remaining() / 9));
    int list = in.position;
    for (int i = 0; i < count; i++) {
      in.readVarint();
      in.readFixed64();
    }
    readDecimals(in, exponent, out, to, part);
    int behind = in.position;
    in.position = list;
    long at = 0;
    for (int i = 0; i < count; i++) {
      at += in.readCount(part.n());
      if (at >= part.n()) {
        throw ColumnReader.corrupt("an exception behind the column");
      }
      double value = in.readDouble();
      if (at >= part.first() && at < part.end()) {
        out[to + (int) at - part.first()] = value;
      }
    }
    in.position = behind;
  }
}
