package io.lookout.query.http;

import java.math.BigInteger;

/**
 * The shortest decimal that reads back as a given double, and of those the closest: what {@code
 * Double.toString} finds, without making a string of it. A large answer is millions of numbers.
 *
 * <p>The method is R. Giulietti's, "The Schubfach way to render doubles" (2020). A double {@code v
 * = c 2^q} is what every decimal reads as that lies between the middles to its neighbours. With
 * {@code 10^k} the largest power of ten that is no wider than this interval, the interval holds at
 * least one multiple of {@code 10^k} and at most one of {@code 10^(k+1)}:
 *
 * <pre>
 *      lower       v          upper
 *   ─────┼─────────┼────────────┼──────
 *     │    │    │    │    │    │    │     multiples of 10^k: the one below v, or the one above
 *     │                             │     multiples of 10^(k+1): shorter, where there is one
 * </pre>
 *
 * <p>So it is enough to try the two neighbours of {@code v} among the multiples of {@code 10^(k+1)}
 * and then of {@code 10^k}. All three of v and its limits are counted in quarters of {@code 10^k}:
 * products with a power of ten of 126 bits, of which bits behind the point only matter by being
 * there or not, and are kept as an odd last bit.
 *
 * <p>Holds the result of the last call; not thread-safe.
 */
final class ShortestDecimal {
  private static final long HIDDEN_BIT = 1L << 52;
  private static final int MIN_EXPONENT = -1074;
  private static final int EXPONENT_BIAS = 1075;
  private static final long MASK_63 = Long.MAX_VALUE;

  private static final int MIN_POWER = -324;
  private static final int MAX_POWER = 292;

  /** Of 10^-k the first 63 bits and the next 63, rounded up: pairs from k = MIN_POWER on. */
  private static final long[] POWERS = powers();

  private long digits;
  private int exponent;

  /** Without zeros at the end; the number is {@code digits() * 10^exponent()}. */
  long digits() {
    return digits;
  }

  int exponent() {
    return exponent;
  }

  /** Takes a number that is finite and above 0. */
  void of(double value) {
    long bits = Double.doubleToRawLongBits(value);
    int biased = (int) (bits >>> 52);
    long fraction = bits & (HIDDEN_BIT - 1);
    if (biased == 0) {
      find(fraction, MIN_EXPONENT);
    } else {
      find(HIDDEN_BIT | fraction, biased - EXPONENT_BIAS);
    }
    dropZeros();
  }

  private void find(long c, int q) {
    // Below a power of two the neighbour is only half as far.
    boolean uneven = c == HIDDEN_BIT && q > MIN_EXPONENT;
    int k = uneven ? floorLog10OfThreeQuarters(q) : floorLog10(q);
    int shift = q + floorLog2OfTenTo(-k) + 2;
    long high = POWERS[2 * (k - MIN_POWER)];
    long low = POWERS[2 * (k - MIN_POWER) + 1];
    long quarters = c << 2;
    // The limits themselves read as v only where its last bit is even.
    long open = c & 1;
    long v = product(high, low, quarters << shift);
    long lower = product(high, low, (quarters - (uneven ? 1 : 2)) << shift) + open;
    long upper = product(high, low, (quarters + 2) << shift) - open;
    long below = v >> 2;
    long tenBelow = below / 10 * 10;
    if (below >= 100 && pick(tenBelow, 10, lower, upper, k)) {
      return;
    }
    if (!pick(below, 1, lower, upper, k)) {
      long beyondMiddle = v - ((2 * below + 1) << 1);
      boolean down = beyondMiddle < 0 || (beyondMiddle == 0 && (below & 1) == 0);
      set(down ? below : below + 1, k);
    }
  }

  /** Takes one of two neighbours where it alone lies within the limits. */
  private boolean pick(long left, int step, long lower, long upper, int k) {
    boolean leftIn = lower <= (left << 2);
    boolean rightIn = ((left + step) << 2) <= upper;
    if (leftIn == rightIn) {
      return false;
    }
    set(leftIn ? left : left + step, k);
    return true;
  }

  private void set(long decimal, int power) {
    digits = decimal;
    exponent = power;
  }

  private void dropZeros() {
    if (digits % 10 != 0) {
      return;
    }
    while (digits % 100_000_000 == 0) {
      drop(100_000_000, 8);
    }
    if (digits % 10_000 == 0) {
      drop(10_000, 4);
    }
    if (digits % 100 == 0) {
      drop(100, 2);
    }
    if (digits % 10 == 0) {
      drop(10, 1);
    }
  }

  private void drop(long power, int zeros) {
    digits /= power;
    exponent += zeros;
  }

  /** {@code x} times a power of 126 bits, without the last 126 bits, odd where those were not 0. */
  private static long product(long high, long low, long x) {
    long carried = Math.multiplyHigh(low, x);
    long middle = ((high * x) >>> 1) + carried;
    long top = Math.multiplyHigh(high, x) + (middle >>> 63);
    return top | (((middle & MASK_63) + MASK_63) >>> 63);
  }

  /** The largest k with 10^k <= 2^q, for all q of doubles. */
  private static int floorLog10(int q) {
    return (int) ((q * 661_971_961_083L) >> 41);
  }

  /** The largest k with 10^k <= 3/4 2^q. */
  private static int floorLog10OfThreeQuarters(int q) {
    return (int) ((q * 661_971_961_083L - 274_743_187_321L) >> 41);
  }

  /** The largest e with 2^e <= 10^k. */
  private static int floorLog2OfTenTo(int k) {
    return (int) ((k * 913_124_641_741L) >> 38);
  }

  private static long[] powers() {
    long[] powers = new long[2 * (MAX_POWER - MIN_POWER + 1)];
    for (int k = MIN_POWER; k <= MAX_POWER; k++) {
      int unit = floorLog2OfTenTo(-k) - 125;
      BigInteger tenTo = BigInteger.TEN.pow(Math.abs(k));
      BigInteger rounded =
          k <= 0 ? tenTo.shiftRight(unit) : BigInteger.ONE.shiftLeft(-unit).divide(tenTo);
      BigInteger power = rounded.add(BigInteger.ONE);
      powers[2 * (k - MIN_POWER)] = power.shiftRight(63).longValueExact();
      powers[2 * (k - MIN_POWER) + 1] = power.and(BigInteger.valueOf(MASK_63)).longValueExact();
    }
    return powers;
  }
}
