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

  private final int[] widths = new int[65];
  private final int[] positions = new int[GROUP];
  private final long[] highBits = new long[GROUP];
  private final byte[] padded = new byte[GROUP * 8 + 9];

  // The plan of the group looked at last.
  private long base;
  private int width;
  private int exceptions;

  /** The bytes that {@link #write} would take. */
  int cost(long[] values, int from, int to) {
    int bytes = 0;
    for (int at = from; at < to; at += GROUP) {
      bytes += plan(values, at, Math.min(GROUP, to - at));
    }
    return bytes;
  }

  void write(ColumnWriter out, long[] values, int from, int to) {
    for (int at = from; at < to; at += GROUP) {
      int count = Math.min(GROUP, to - at);
      plan(values, at, count);
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
  private int plan(long[] values, int from, int count) {
    long least = Long.MAX_VALUE;
    long second = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (int i = from; i < from + count; i++) {
      long v = values[i];
      second = Math.min(second, Math.max(least, v));
      least = Math.min(least, v);
      most = Math.max(most, v);
    }
    // A single low outlier becomes an exception (a distance that wraps) instead of the base.
    boolean lowOutlier =
        count > 2 && most - least > 0 && (second - least) >>> 2 > (most - second) + 4;
    base = lowOutlier ? second : least;
    int full = 64 - Long.numberOfLeadingZeros(most - least);
    if (full <= 3 && !lowOutlier) {
      width = full;
      exceptions = 0;
      return 1 + ColumnWriter.zigzagLength(base) + BitPacking.bytes(count, width);
    }
    return chooseWidth(values, from, count);
  }

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
      bits += beyond;
      beyond += widths[w + 1];
      bits += widths[w + 1];
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
    return 1 + ColumnWriter.zigzagLength(base) + least;
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
