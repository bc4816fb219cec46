package io.lookout.model.chunk;

import java.util.Arrays;

/**
 * Any longs, in groups of 64. A group is its base and the distances from it, all of one width; the
 * few that do not fit (a counter that began anew, a scrape that came late) keep the bits that do
 * not fit in a list of exceptions, so that one outlier does not widen its neighbours.
 *
 * <pre>
 *   group := width:u8  base:zigzag  [exceptions]  ceil(n * width / 8) bytes of distances
 *            bit 7 of width says that there are exceptions
 *   exceptions := count:u8  count * position:u8  count * (distance >>> width):varint
 * </pre>
 *
 * <p>All arithmetic wraps: what is subtracted modulo 2^64 is added again.
 */
final class PackedGroups {
  static final int GROUP = 64;
  private static final int EXCEPTIONS = 0x80;

  /** Distances of so few bits are not worth a look for exceptions. */
  private static final int NARROW = 3;

  private final int[] widths = new int[65];
  private final int[] positions = new int[GROUP];
  private final long[] highBits = new long[GROUP];
  private final byte[] padded = new byte[GROUP * 8 + 9];

  // The plan: base, width and number of exceptions of each group.
  private long[] bases = new long[8];
  private int[] groupWidths = new int[8];
  private int[] groupExceptions = new int[8];
  private int planned;

  // The group that is being planned.
  private long base;
  private int width;
  private int exceptions;

  /**
   * Plans the groups of {@code values[from..to)} and returns the bytes that {@link #write} will
   * take. Gives up as soon as the groups so far show that all of them will take more than {@code
   * limit}, clearly more after the first group, and returns a number above the limit.
   */
  int plan(long[] values, int from, int to, int limit) {
    int groups = (to - from + GROUP - 1) / GROUP;
    reserve(groups);
    int bytes = 0;
    planned = 0;
    for (int at = from; at < to; at += GROUP) {
      bytes += planGroup(values, at, Math.min(GROUP, to - at));
      bases[planned] = base;
      groupWidths[planned] = width;
      groupExceptions[planned] = exceptions;
      planned++;
      if (planned < groups && isHopeless(bytes, groups, limit)) {
        return Integer.MAX_VALUE;
      }
    }
    return bytes;
  }

  /** The more groups have been seen, the less the others are thought to differ from them. */
  private boolean isHopeless(int bytes, int groups, int limit) {
    long allowance = planned > 8 ? 0 : limit >> (2 + planned);
    return (long) bytes * (groups - 1) > planned * (limit + allowance);
  }

  private void reserve(int groups) {
    if (groups > bases.length) {
      int capacity = Math.max(groups, bases.length * 2);
      bases = new long[capacity];
      groupWidths = new int[capacity];
      groupExceptions = new int[capacity];
    }
  }

  /** Writes the values that were planned last. */
  void write(ColumnWriter out, long[] values, int from, int to) {
    int group = 0;
    for (int at = from; at < to; at += GROUP) {
      int count = Math.min(GROUP, to - at);
      base = bases[group];
      width = groupWidths[group];
      exceptions = groupExceptions[group];
      group++;
      out.writeByte(exceptions == 0 ? width : width | EXCEPTIONS);
      out.writeZigzag(base);
      if (exceptions != 0) {
        writeExceptions(out, values, at, count);
      }
      BitPacking.pack(out, values, at, count, base, width);
    }
  }

  private void writeExceptions(ColumnWriter out, long[] values, int from, int count) {
    out.writeByte(exceptions);
    for (int i = 0; i < count; i++) {
      if ((values[from + i] - base) >>> width != 0) {
        out.writeByte(i);
      }
    }
    for (int i = 0; i < count; i++) {
      long high = (values[from + i] - base) >>> width;
      if (high != 0) {
        out.writeVarint(high);
      }
    }
  }

  /** Finds base and width, and returns the bytes that the group takes. */
  private int planGroup(long[] values, int from, int count) {
    long least = values[from];
    long most = least;
    for (int i = from + 1; i < from + count; i++) {
      least = Math.min(least, values[i]);
      most = Math.max(most, values[i]);
    }
    base = least;
    width = 64 - Long.numberOfLeadingZeros(most - least);
    exceptions = 0;
    int bytes = BitPacking.bytes(count, width);
    if (width > NARROW) {
      bytes = planOutliers(values, from, count, bytes);
    }
    return 1 + ColumnWriter.zigzagLength(base) + bytes;
  }

  /**
   * Looks whether a few values make the group wide. It pays only where almost none needs the
   * uppermost bit, or few one of the three uppermost; where almost all need the uppermost, the
   * outlier is the base.
   */
  private int planOutliers(long[] values, int from, int count, int bytes) {
    int half = width - 1;
    int eighth = width - 3;
    long least = base;
    long inHalf = 0;
    long inEighths = 0;
    for (int i = from; i < from + count; i++) {
      long distance = values[i] - least;
      inHalf += distance >>> half;
      inEighths += ((distance >>> eighth) + 7) >>> 3; // 1 for 1 to 7.
    }
    if (inHalf >= count - 2 && count > 8) {
      return planLowOutlier(values, from, count, bytes);
    }
    if (inHalf > 4 && inEighths > GROUP / 6) {
      return bytes;
    }
    return chooseWidth(values, from, count);
  }

  /** The least value becomes an exception, whose distance wraps, where that pays. */
  private int planLowOutlier(long[] values, int from, int count, int bytes) {
    long least = base;
    int full = width;
    base = second(values, from, count);
    int without = chooseWidth(values, from, count);
    if (without < bytes) {
      return without;
    }
    base = least;
    width = full;
    exceptions = 0;
    return bytes;
  }

  /** The least value but one. */
  private static long second(long[] values, int from, int count) {
    long least = Long.MAX_VALUE;
    long second = Long.MAX_VALUE;
    for (int i = from; i < from + count; i++) {
      second = Math.min(second, Math.max(least, values[i]));
      least = Math.min(least, values[i]);
    }
    return second;
  }

  /** The width that makes the group smallest, wider distances being exceptions. */
  private int chooseWidth(long[] values, int from, int count) {
    Arrays.fill(widths, 0);
    for (int i = from; i < from + count; i++) {
      widths[64 - Long.numberOfLeadingZeros(values[i] - base)]++;
    }
    int widest = 64;
    while (widest > 0 && widths[widest] == 0) {
      widest--;
    }
    width = widest;
    exceptions = 0;
    int least = BitPacking.bytes(count, widest);
    int beyond = 0;
    int bits = 0;
    // Width by width downwards; each step one bit more for those that are exceptions already.
    for (int w = widest - 1; w >= 0; w--) {
      beyond += widths[w + 1];
      bits += beyond;
      if (beyond > GROUP / 4) {
        break;
      }
      int cost = BitPacking.bytes(count, w) + 1 + 2 * beyond + bits / 7;
      if (cost < least) {
        least = cost;
        width = w;
        exceptions = beyond;
      }
    }
    return least;
  }

  /** How many numbers are to be read for {@code wanted} of {@code n}: groups are read whole. */
  static int whole(int wanted, int n) {
    return Math.min(n, (Math.max(0, wanted) + GROUP - 1) / GROUP * GROUP);
  }

  /** Reads {@code count} numbers into {@code out[to..)}. */
  void read(ColumnReader in, long[] out, int to, int count) {
    for (int done = 0; done < count; done += GROUP) {
      readGroup(in, out, to + done, Math.min(GROUP, count - done));
    }
  }

  private void readGroup(ColumnReader in, long[] out, int to, int count) {
    int head = in.readByte();
    int w = head & ~EXCEPTIONS;
    if (w > 64) {
      throw ColumnReader.corrupt("numbers of " + w + " bits");
    }
    long from = in.readZigzag();
    int patches = (head & EXCEPTIONS) == 0 ? 0 : readExceptions(in, count);
    unpack(in, w, count, out, to);
    for (int i = 0; i < patches; i++) {
      out[to + positions[i]] |= w == 64 ? 0 : highBits[i] << w;
    }
    for (int i = to; i < to + count; i++) {
      out[i] += from;
    }
  }

  private int readExceptions(ColumnReader in, int count) {
    int n = in.readByte();
    if (n > count) {
      throw ColumnReader.corrupt(n + " exceptions among " + count);
    }
    for (int i = 0; i < n; i++) {
      positions[i] = in.readByte();
      if (positions[i] >= count) {
        throw ColumnReader.corrupt("an exception behind the group");
      }
    }
    for (int i = 0; i < n; i++) {
      highBits[i] = in.readVarint();
    }
    return n;
  }

  /** The distances without exceptions and base. */
  private void unpack(ColumnReader in, int w, int count, long[] out, int to) {
    int bytes = BitPacking.bytes(count, w);
    in.need(bytes);
    if (in.position + bytes + 8 < in.array.length) {
      BitPacking.unpack(in.array, in.position, w, count, out, to);
    } else {
      System.arraycopy(in.array, in.position, padded, 0, bytes);
      BitPacking.unpack(padded, 0, w, count, out, to);
    }
    in.position += bytes;
  }
}
