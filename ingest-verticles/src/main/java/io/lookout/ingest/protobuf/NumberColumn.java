package io.lookout.ingest.protobuf;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import java.util.Arrays;

/** The numbers of one histogram, in a column that grows up to a bound. Not thread-safe. */
public final class NumberColumn {
  /** More than any real histogram has: 160 is the usual bound of clients. A power of two. */
  private static final int MOST = 1 << 14;

  private double[] values = new double[32];
  private int size;

  public void clear() {
    size = 0;
  }

  public double get(int i) {
    return values[i];
  }

  public int size() {
    return size;
  }

  /**
   * @throws LookoutException with {@link ErrorCode#BAD_DATA} where there are too many
   */
  public void add(double value) {
    if (size == values.length) {
      requireRoom(size);
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  /** A packed field of doubles, which begins with its length. */
  public void addPacked(ProtoReader in) {
    int outer = in.enter();
    while (in.hasMore()) {
      add(in.float64());
    }
    in.leave(outer);
  }

  public double[] toArray() {
    return Arrays.copyOf(values, size);
  }

  static void requireRoom(int size) {
    if (size == MOST) {
      throw new LookoutException(
          ErrorCode.BAD_DATA, "a histogram has more than " + MOST + " buckets");
    }
  }
}
