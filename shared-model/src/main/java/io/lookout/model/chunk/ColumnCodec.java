package io.lookout.model.chunk;

import io.lookout.model.LookoutException;
import io.lookout.model.bytes.ByteReader;
import io.lookout.model.bytes.ByteWriter;

/**
 * The columns of chunks outside of chunks: each with its length before it, the number of entries
 * known from elsewhere. Holds scratch space: one for each thread.
 *
 * <p>Readers throw {@link LookoutException} or {@link
 * io.lookout.model.bytes.MalformedBytesException} where the bytes are not such a column.
 */
public final class ColumnCodec {
  private final ColumnWriter column = new ColumnWriter();
  private final LongColumn longs = new LongColumn();
  private final DoubleColumn doubles = new DoubleColumn();

  /** Writes {@code v[0..n)}. */
  public void writeLongs(ByteWriter out, long[] v, int n) {
    column.clear();
    longs.plan(v, n);
    longs.write(column, v, n);
    append(out);
  }

  /** Writes {@code v[from..from+n)}. */
  public void writeDoubles(ByteWriter out, double[] v, int from, int n) {
    column.clear();
    doubles.write(column, v, from, n);
    append(out);
  }

  private void append(ByteWriter out) {
    out.putVarLong(column.size());
    out.putBytes(column.array(), 0, column.size());
  }

  /** Reads n entries into {@code out[to..)}. */
  public void readLongs(ByteReader in, long[] out, int to, int n) {
    ColumnReader reader = next(in);
    longs.read(reader, out, to, n);
    reader.finish();
  }

  /** Reads n entries into {@code out[to..)}. */
  public void readDoubles(ByteReader in, double[] out, int to, int n) {
    ColumnReader reader = next(in);
    doubles.read(reader, out, to, n);
    reader.finish();
  }

  private static ColumnReader next(ByteReader in) {
    return new ColumnReader(Slice.of(in.readBytes(in.readCount(1))));
  }
}
