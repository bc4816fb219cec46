package io.lookout.storage.block;

import io.lookout.model.Labels;
import io.lookout.model.Utf8Order;
import io.lookout.model.bytes.ByteReader;
import io.lookout.model.bytes.ByteWriter;
import io.lookout.model.bytes.MalformedBytesException;
import io.lookout.storage.block.LabelTable.Column;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The {@code series} binary of a block: {@code docs/formats/block.md} draws its bytes. */
public final class LabelTableCodec {
  static final int FORMAT = 1;

  /** A block has at most so many series: a label that all share takes no bytes for each of them. */
  static final int MAX_SERIES = 4096;

  /** Values that begin alike are written once, but not expanded without end. */
  private static final int MAX_TEXT = 64 << 20;

  /** Of a value's number: enough for {@link #MAX_SERIES} values and their absence. */
  private static final int MAX_BITS = 13;

  private static final int ALL_FIRST = 0;
  private static final int RUNS = 1;
  private static final int PACKED = 2;

  private LabelTableCodec() {}

  /** The columns of these label sets. */
  static LabelTable tableOf(String tenant, List<Labels> series) {
    Map<String, Set<String>> valuesByName = new TreeMap<>(Utf8Order::compare);
    for (Labels labels : series) {
      for (int i = 0; i < labels.size(); i++) {
        valuesByName
            .computeIfAbsent(labels.name(i), name -> new TreeSet<>(Utf8Order::compare))
            .add(labels.value(i));
      }
    }
    List<Column> columns = new ArrayList<>(valuesByName.size());
    valuesByName.forEach((name, values) -> columns.add(column(name, values, series)));
    return new LabelTable(tenant, series.size(), columns.toArray(new Column[0]));
  }

  private static Column column(String name, Set<String> values, List<Labels> series) {
    String[] sorted = values.toArray(new String[0]);
    Map<String, Integer> places = HashMap.newHashMap(sorted.length);
    for (int i = 0; i < sorted.length; i++) {
      places.put(sorted[i], i + 1);
    }
    int[] index = new int[series.size()];
    for (int i = 0; i < index.length; i++) {
      String value = series.get(i).get(name);
      index[i] = value == null ? 0 : places.getOrDefault(value, 0);
    }
    return new Column(name, sorted, index);
  }

  static byte[] encode(LabelTable table) {
    ByteWriter out = new ByteWriter(1024);
    out.putByte(FORMAT);
    out.putVarLong(table.seriesCount());
    out.putVarLong(table.columns().length);
    for (Column column : table.columns()) {
      out.putText(column.name());
      writeValues(out, column.values());
      writeIndex(out, column.index(), column.values().length);
    }
    return Checksum.append(out);
  }

  private static void writeValues(ByteWriter out, String[] values) {
    out.putVarLong(values.length);
    byte[] before = new byte[0];
    for (String value : values) {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      int shared = Math.max(0, Arrays.mismatch(before, utf8));
      out.putVarLong(shared);
      out.putVarLong(utf8.length - shared);
      out.putBytes(utf8, shared, utf8.length - shared);
      before = utf8;
    }
  }

  private static void writeIndex(ByteWriter out, int[] index, int valueCount) {
    if (Arrays.stream(index).allMatch(place -> place == 1)) {
      out.putByte(ALL_FIRST);
      return;
    }
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(valueCount);
    int packedBytes = 1 + (index.length * bits + 7) / 8;
    ByteWriter runs = runs(index);
    if (runs.size() <= packedBytes) {
      out.putByte(RUNS);
      out.putBytes(runs.array(), 0, runs.size());
    } else {
      out.putByte(PACKED);
      out.putByte(bits);
      pack(out, index, bits);
    }
  }

  private static ByteWriter runs(int[] index) {
    ByteWriter runs = new ByteWriter(64);
    int start = 0;
    while (start < index.length) {
      int stop = start + 1;
      while (stop < index.length && index[stop] == index[start]) {
        stop++;
      }
      runs.putVarLong(index[start]);
      runs.putVarLong(stop - start);
      start = stop;
    }
    return runs;
  }

  private static void pack(ByteWriter out, int[] index, int bits) {
    long pending = 0;
    int pendingBits = 0;
    for (int place : index) {
      pending |= (long) place << pendingBits;
      pendingBits += bits;
      while (pendingBits >= 8) {
        out.putByte((int) pending);
        pending >>>= 8;
        pendingBits -= 8;
      }
    }
    if (pendingBits > 0) {
      out.putByte((int) pending);
    }
  }

  /**
   * @param tenant whose series these are: part of their fingerprints, not of the binary
   * @throws CorruptBlockException where the bytes are not what was written
   */
  public static LabelTable decode(String tenant, byte[] series) throws CorruptBlockException {
    ByteReader in = Checksum.check(series, "label table");
    try {
      return decode(tenant, series, in);
    } catch (MalformedBytesException e) {
      throw new CorruptBlockException("label table", e);
    }
  }

  private static LabelTable decode(String tenant, byte[] series, ByteReader in) {
    int format = in.readByte();
    if (format != FORMAT) {
      throw new MalformedBytesException("unknown format " + format);
    }
    int seriesCount = count(in, MAX_SERIES);
    Column[] columns = new Column[in.readCount(3)];
    Budget budget = new Budget();
    for (int i = 0; i < columns.length; i++) {
      String name = in.readText();
      String[] values = readValues(in, series, seriesCount, budget);
      columns[i] = new Column(name, values, readIndex(in, seriesCount, values.length));
    }
    return new LabelTable(tenant, seriesCount, columns);
  }

  /** A number of things that take no bytes of their own. */
  private static int count(ByteReader in, int limit) {
    long count = in.readVarLong();
    if (count < 0 || count > limit) {
      throw new MalformedBytesException(
          "count of " + Long.toUnsignedString(count) + ", at most " + limit);
    }
    return (int) count;
  }

  /** How many bytes of text may still come out. */
  private static final class Budget {
    private int left = MAX_TEXT;

    void take(int bytes) {
      left -= bytes;
      if (left < 0) {
        throw new MalformedBytesException("more than " + MAX_TEXT + " bytes of text");
      }
    }
  }

  private static String[] readValues(ByteReader in, byte[] series, int seriesCount, Budget budget) {
    String[] values = new String[count(in, seriesCount)];
    byte[] before = new byte[0];
    for (int i = 0; i < values.length; i++) {
      int shared = count(in, before.length);
      int length = in.readCount(1);
      budget.take(shared + length);
      byte[] utf8 = Arrays.copyOf(before, shared + length);
      System.arraycopy(series, in.position(), utf8, shared, length);
      in.skip(length);
      values[i] = new String(utf8, StandardCharsets.UTF_8);
      before = utf8;
    }
    return values;
  }

  private static int[] readIndex(ByteReader in, int seriesCount, int valueCount) {
    int[] index = new int[seriesCount];
    int encoding = in.readByte();
    switch (encoding) {
      case ALL_FIRST -> Arrays.fill(index, 1);
      case RUNS -> readRuns(in, index);
      case PACKED -> unpack(in, index);
      default -> throw new MalformedBytesException("unknown index encoding " + encoding);
    }
    for (int place : index) {
      if (place > valueCount) {
        throw new MalformedBytesException("value number " + place + " of " + valueCount);
      }
    }
    return index;
  }

  private static void readRuns(ByteReader in, int[] index) {
    int filled = 0;
    while (filled < index.length) {
      int place = count(in, MAX_SERIES);
      int length = count(in, index.length - filled);
      Arrays.fill(index, filled, filled + length, place);
      filled += length;
    }
  }

  private static void unpack(ByteReader in, int[] index) {
    int bits = in.readByte();
    if (bits > MAX_BITS) {
      throw new MalformedBytesException("value numbers of " + bits + " bits");
    }
    long pending = 0;
    int pendingBits = 0;
    for (int i = 0; i < index.length; i++) {
      while (pendingBits < bits) {
        pending |= (long) in.readByte() << pendingBits;
        pendingBits += 8;
      }
      index[i] = (int) (pending & ((1L << bits) - 1));
      pending >>>= bits;
      pendingBits -= bits;
    }
  }
}
