package io.lookout.query.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Whole numbers as decimal digits. A division by ten waits for the one before it, so a long number
 * is cut into parts of eight digits, and these into pairs, of which a processor makes several at a
 * time.
 */
final class Digits {
  private static final long EIGHT = 100_000_000;

  /** 1, 10, 100, … as far as a long goes. */
  private static final long[] TEN_TO = tenTo();

  /** 00 to 99 as two characters each, the first of them in the lower byte. */
  private static final short[] PAIRS = pairs();

  private static final VarHandle PAIR =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private Digits() {}

  private static long[] tenTo() {
    long[] powers = new long[19];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = 10 * powers[i - 1];
    }
    return powers;
  }

  private static short[] pairs() {
    short[] pairs = new short[100];
    for (int i = 0; i < 100; i++) {
      pairs[i] = (short) ('0' + i / 10 | ('0' + i % 10) << 8);
    }
    return pairs;
  }

  /** How many digits a number has that is not below 0. */
  static int count(long value) {
    // 1233 / 4096 is a little less than log10(2): what it finds is right or one too small.
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value | 1);
    int least = (bits * 1233) >>> 12;
    return least == TEN_TO.length || (value | 1) < TEN_TO[least] ? least : least + 1;
  }

  /**
   * Writes the last {@code n} digits of a number that is not below 0, with zeros before it where it
   * has fewer.
   */
  static void write(long value, int n, byte[] bytes, int at) {
    long rest = value;
    int end = at + n;
    while (end - at >= 8) {
      long higher = rest / EIGHT;
      eight((int) (rest - higher * EIGHT), bytes, end - 8);
      rest = higher;
      end -= 8;
    }
    few((int) (rest % EIGHT), bytes, at, end);
  }

  private static void eight(int value, byte[] bytes, int at) {
    int high = value / 10_000;
    int low = value - high * 10_000;
    pair(high / 100, bytes, at);
    pair(high % 100, bytes, at + 2);
    pair(low / 100, bytes, at + 4);
    pair(low % 100, bytes, at + 6);
  }

  private static void few(int value, byte[] bytes, int from, int to) {
    int rest = value;
    int at = to;
    while (at - from >= 2) {
      at -= 2;
      int higher = rest / 100;
      pair(rest - higher * 100, bytes, at);
      rest = higher;
    }
    if (at > from) {
      bytes[from] = (byte) ('0' + rest % 10);
    }
  }

  private static void pair(int value, byte[] bytes, int at) {
    PAIR.set(bytes, at, PAIRS[value]);
  }
}
