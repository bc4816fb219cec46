package io.lookout.model.chunk;

import java.util.Arrays;

/**
 * A column of longs: times, start timestamps, and the integers behind decimal values. Three forms,
 * told apart by the first byte:
 *
 * <pre>
 *   1 constant  value:zigzag
 *   2 linear    first:zigzag  step:zigzag                       v[i] = first + i * step
 *   3 packed    first:zigzag  order|shift&lt;&lt;2:u8  [slope:zigzag]  groups
 * </pre>
 *
 * <p>Packed: {@code u[i] = (v[i] - first) >> shift}, where shift are the low bits that are zero in
 * all differences (page counts, seconds in milliseconds of two's power). Then {@code order}
 * differences are taken: 0 packs {@code u}, 1 packs {@code u[i] - u[i-1]}, 2 packs the differences
 * of those, with {@code slope = u[1]}. The entries that the order makes known are left out.
 */
final class LongColumn {
  static final int CONSTANT = 1;
  static final int LINEAR = 2;
  static final int PACKED = 3;

  private final PackedGroups flat = new PackedGroups();
  private final PackedGroups steps = new PackedGroups();
  private final PackedGroups bends = new PackedGroups();
  private long[] level = new long[128];
  private long[] slope = new long[128];
  private long[] bend = new long[128];

  private int order;
  private int packedCost;
  private int shift;

  /**
   * Chooses the form for {@code v[0..n)} and returns its size in bytes, the first byte included.
   */
  int plan(long[] v, int n) {
    difference(v, n);
    if (isConstant()) {
      return 1 + ColumnWriter.zigzagLength(v[0]);
    }
    if (order < 0) {
      return 1 + ColumnWriter.zigzagLength(v[0]) + ColumnWriter.zigzagLength(v[1] - v[0]);
    }
    return 2 + ColumnWriter.zigzagLength(v[0]) + packedCost;
  }

  /** Whether the numbers planned last are all the same. */
  boolean isConstant() {
    return order < 0 && slope[1] == 0;
  }

  /** Writes what was planned last: the same numbers. */
  void write(ColumnWriter out, long[] v, int n) {
    if (order >= 0) {
      writePacked(out, v[0], n);
    } else if (isConstant()) {
      out.writeByte(CONSTANT);
      out.writeZigzag(v[0]);
    } else {
      out.writeByte(LINEAR);
      out.writeZigzag(v[0]);
      out.writeZigzag(v[1] - v[0]);
    }
  }

  private void writePacked(ColumnWriter out, long first, int n) {
    out.writeByte(PACKED);
    out.writeZigzag(first);
    out.writeByte(order | shift << 2);
    switch (order) {
      case 0 -> flat.write(out, level, 1, n);
      case 1 -> steps.write(out, slope, 1, n);
      default -> {
        out.writeZigzag(slope[1]);
        bends.write(out, bend, 2, n);
      }
    }
  }

  /** Fills the three orders and picks one; order -1 says constant or linear. */
  private void difference(long[] v, int n) {
    reserve(n);
    long first = v[0];
    long any = 0;
    for (int i = 0; i < n; i++) {
      any |= v[i] - first;
    }
    shift = any == 0 ? 0 : Long.numberOfTrailingZeros(any);
    slope[1] = 0;
    if (shift == 0) {
      subtract(v, first, level, n);
    } else {
      for (int i = 0; i < n; i++) {
        level[i] = (v[i] - first) >> shift;
      }
    }
    differences(level, slope, 1, n);
    long curved = differences(slope, bend, 2, n);
    order = curved == 0 ? -1 : chooseOrder(n);
  }

  // Loops of their own, over arrays that are locals: so they are compiled to vectors.

  private static void subtract(long[] v, long first, long[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = v[i] - first;
    }
  }

  /** Returns bits that are set where a difference is not 0. */
  private static long differences(long[] v, long[] out, int from, int n) {
    long any = 0;
    for (int i = from; i < n; i++) {
      long difference = v[i] - v[i - 1];
      out[i] = difference;
      any |= difference;
    }
    return any;
  }

  /** Single differences are mostly the best: the others are tried as long as they may be better. */
  private int chooseOrder(int n) {
    int best = 1;
    packedCost = steps.plan(slope, 1, n, Integer.MAX_VALUE);
    int cost = flat.plan(level, 1, n, packedCost);
    if (cost < packedCost) {
      packedCost = cost;
      best = 0;
    }
    cost = ColumnWriter.zigzagLength(slope[1]);
    cost += Math.min(bends.plan(bend, 2, n, packedCost), Integer.MAX_VALUE >> 1);
    if (cost < packedCost) {
      packedCost = cost;
      best = 2;
    }
    return best;
  }

  private void reserve(int n) {
    if (n > level.length) {
      int capacity = Math.max(n, level.length * 2);
      level = new long[capacity];
      slope = new long[capacity];
      bend = new long[capacity];
    }
  }

  /** Reads {@code n} numbers into {@code out[to..)}. */
  void read(ColumnReader in, long[] out, int to, int n) {
    read(in, out, to, n, n);
  }

  /**
   * Reads at least the first {@code wanted} of {@code n} numbers into {@code out[to..)}, which has
   * room for all. The reader is left somewhere in the column.
   */
  void read(ColumnReader in, long[] out, int to, int wanted, int n) {
    int form = in.readByte();
    switch (form) {
      case CONSTANT -> Arrays.fill(out, to, to + wanted, in.readZigzag());
      case LINEAR -> readLinear(in, out, to, wanted);
      case PACKED -> readPacked(in, out, to, wanted, n);
      default -> throw ColumnReader.corrupt("a column of longs in form " + form);
    }
  }

  private static void readLinear(ColumnReader in, long[] out, int to, int n) {
    long first = in.readZigzag();
    long step = in.readZigzag();
    for (int i = 0; i < n; i++) {
      out[to + i] = first + i * step;
    }
  }

  private void readPacked(ColumnReader in, long[] out, int to, int wanted, int n) {
    long first = in.readZigzag();
    int form = in.readByte();
    int shifted = form >>> 2;
    switch (form & 3) {
      case 0 -> {
        int count = PackedGroups.whole(wanted - 1, n - 1);
        flat.read(in, out, to + 1, count);
        scale(out, to + 1, count, shifted, first);
      }
      case 1 -> {
        int count = PackedGroups.whole(wanted - 1, n - 1);
        flat.read(in, out, to + 1, count);
        sum(out, to + 1, count, shifted, first);
      }
      case 2 -> {
        long step = in.readZigzag();
        if (n < 2) {
          throw ColumnReader.corrupt("a slope of one number");
        }
        int count = PackedGroups.whole(wanted - 2, n - 2);
        flat.read(in, out, to + 2, count);
        out[to + 1] = first + (step << shifted);
        sumTwice(out, to + 2, count, shifted, out[to + 1], step << shifted);
      }
      default -> throw ColumnReader.corrupt("differences of order 3");
    }
    out[to] = first;
  }

  private static void scale(long[] out, int from, int n, int shifted, long first) {
    for (int i = from; i < from + n; i++) {
      out[i] = (out[i] << shifted) + first;
    }
  }

  private static void sum(long[] out, int from, int n, int shifted, long first) {
    long v = first;
    for (int i = from; i < from + n; i++) {
      v += out[i] << shifted;
      out[i] = v;
    }
  }

  private static void sumTwice(
      long[] out, int from, int n, int shifted, long first, long firstStep) {
    long v = first;
    long step = firstStep;
    for (int i = from; i < from + n; i++) {
      step += out[i] << shifted;
      v += step;
      out[i] = v;
    }
  }
}
