package io.lookout.storage.block;

import io.lookout.model.Labels;
import io.lookout.model.Utf8Order;
import io.lookout.storage.block.LabelTable.Column;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The {@code series} binary of a block: {@code docs/formats/block.md} draws its bytes. */
public final class LabelTableCodec {
  static final int FORMAT = 1;

  /** A block has at most so many series: a label that all share takes no bytes for each of them. */
  static final int MAX_SERIES = 4096;

  /** Values that begin alike are written once, but not expanded without end. */
  private static final int MAX_TEXT = 64 << 20;

  private static final int ALL_FIRST = 0;
  private static final int RUNS = 1;
  private static final int PACKED = 2;

  private LabelTableCodec() {}

  /** The columns of these label sets. */
  static LabelTable tableOf(String tenant, List<Labels> series) {
    Map<String, TreeSet<String>> valuesByName = new TreeMap<>(Utf8Order::compare);
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

  private static Column column(String name, TreeSet<String> values, List<Labels> series) {
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
    out.writeByte(FORMAT);
    out.writeVarint(table.seriesCount());
    out.writeVarint(table.columns().length);
    for (Column column : table.columns()) {
      out.writeString(column.name());
      writeValues(out, column.values());
      writeIndex(out, column.index(), column.values().length);
    }
    return out.toChecksummedArray();
  }

  private static void writeValues(ByteWriter out, String[] values) {
    out.writeVarint(values.length);
    byte[] before = new byte[0];
    for (String value : values) {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      int shared = Math.max(0, Arrays.mismatch(before, utf8));
      out.writeVarint(shared);
      out.writeVarint(utf8.length - shared);
      out.writeBytes(utf8, shared, utf8.length - shared);
      before = utf8;
    }
  }

  private static void writeIndex(ByteWriter out, int[] index, int valueCount) {
    if (Arrays.stream(index).allMatch(place -> place == 1)) {
      out.writeByte(ALL_FIRST);
      return;
    }
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(valueCount);
    int packedBytes = 1 + (index.length * bits + 7) / 8;
    ByteWriter runs = runs(index);
    if (runs.size() <= packedBytes) {
      out.writeByte(RUNS);
      out.writeBytes(runs);
    } else {
      out.writeByte(PACKED);
      out.writeByte(bits);
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
      runs.writeVarint(index[start]);
      runs.writeVarint(stop - start);
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
        out.writeByte((int) pending);
        pending >>>= 8;
        pendingBits -= 8;
      }
    }
    if (pendingBits > 0) {
      out.writeByte((int) pending);
    }
  }

  /**
   * @param tenant whose series these are: part of their fingerprints, not of the binary
   * @throws CorruptBlockException where the bytes are not what was written
   */
  public static LabelTable decode(String tenant, byte[] series) throws CorruptBlockException {
    ByteReader in = new ByteReader(series, "label table");
    int format = in.readByte();
    if (format != FORMAT) {
      throw in.corrupt("has the unknown format " + format);
    }
    int seriesCount = in.readCount(MAX_SERIES, "series");
    Column[] columns = new Column[in.readCount(in.remaining() / 3, "label names")];
    Budget budget = new Budget();
    for (int i = 0; i < columns.length; i++) {
      String name = in.readString();
      String[] values = readValues(in, seriesCount, budget);
      columns[i] = new Column(name, values, readIndex(in, seriesCount, values.length));
    }
    return new LabelTable(tenant, seriesCount, columns);
  }

  /** How many bytes of text may still come out. */
  private static final class Budget {
    private int left = MAX_TEXT;
  }

  private static String[] readValues(ByteReader in, int seriesCount, Budget budget)
      throws CorruptBlockException {
    String[] values = new String[in.readCount(seriesCount, "values")];
    byte[] before = new byte[0];
    for (int i = 0; i < values.length; i++) {
      int shared = in.readCount(before.length, "shared bytes");
      int length = in.readCount(in.remaining(), "bytes of a value");
      budget.left -= shared + length;
      if (budget.left < 0) {
        throw in.corrupt("holds more than " + MAX_TEXT + " bytes of text");
      }
      byte[] utf8 = Arrays.copyOf(before, shared + length);
      System.arraycopy(in.array(), in.skip(length), utf8, shared, length);
      values[i] = new String(utf8, StandardCharsets.UTF_8);
      before = utf8;
    }
    return values;
  }

  private static int[] readIndex(ByteReader in, int seriesCount, int valueCount)
      throws CorruptBlockException {
    int[] index = new int[seriesCount];
    int encoding = in.readByte();
    switch (encoding) {
      case ALL_FIRST -> Arrays.fill(index, 1);
      case RUNS -> readRuns(in, index);
      case PACKED -> unpack(in, index);
      default -> throw in.corrupt("has the unknown index encoding " + encoding);
    }
    for (int place : index) {
      if (place > valueCount) {
        throw in.corrupt("has a value number " + place + " of " + valueCount);
      }
    }
    return index;
  }

  private static void readRuns(ByteReader in, int[] index) throws CorruptBlockException {
    int filled = 0;
    while (filled < index.length) {
      int place = in.readCount(MAX_SERIES, "values");
      int length = in.readCount(index.length - filled, "series in a run");
      Arrays.fill(index, filled, filled + length, place);
      filled += length;
    }
  }

  private static void unpack(ByteReader in, int[] index) throws CorruptBlockException {
    int bits = in.readByte();
    if (bits > 13) {
      throw in.corrupt("has value numbers of " + bits + " bits");
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
