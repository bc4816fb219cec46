package io.lookout.storage.block;

import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SeriesKey;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a block's series, column by column: for each label name its distinct values, and
 * for each series which of them it has. A matcher so looks at each distinct value once, and at a
 * number for each series. Series keys are made when first asked for and kept. Thread-safe.
 */
public final class LabelTable {
  private final String tenant;
  private final Column[] columns;
  private final @Nullable SeriesKey[] keys;

  /**
   * One label name.
   *
   * @param values distinct, sorted by UTF-8 bytes
   * @param index for each series 0 where it lacks the label, else one more than the value's place
   */
  @SuppressWarnings("ArrayRecordComponent") // Columns of numbers; never compared.
  record Column(String name, String[] values, int[] index) {}

  /**
   * @param columns sorted by name
   */
  LabelTable(String tenant, int seriesCount, Column[] columns) {
    this.tenant = tenant;
    this.columns = columns;
    this.keys = new SeriesKey[seriesCount];
  }

  public int seriesCount() {
    return keys.length;
  }

  /** Roughly what the table takes in memory once all its keys were asked for. */
  public int estimatedBytes() {
    int bytes = 100;
    for (Column column : columns) {
      bytes += 120 + 12 * column.index.length;
      for (String value : column.values) {
        bytes += 48 + value.length();
      }
    }
    return bytes + 96 * keys.length;
  }

  /** The series that all matchers accept. */
  public BitSet matching(List<Matcher> matchers) {
    BitSet accepted = new BitSet(keys.length);
    accepted.set(0, keys.length);
    for (Matcher matcher : matchers) {
      if (accepted.isEmpty()) {
        break;
      }
      retain(accepted, matcher);
    }
    return accepted;
  }

  private void retain(BitSet accepted, Matcher matcher) {
    boolean acceptsAbsent = matcher.matches("");
    Column column = column(matcher.name());
    if (column == null) {
      if (!acceptsAbsent) {
        accepted.clear();
      }
      return;
    }
    boolean[] accepts = new boolean[column.values.length + 1];
    accepts[0] = acceptsAbsent;
    for (int i = 0; i < column.values.length; i++) {
      accepts[i + 1] = matcher.matches(column.values[i]);
    }
    for (int i = accepted.nextSetBit(0); i >= 0; i = accepted.nextSetBit(i + 1)) {
      if (!accepts[column.index[i]]) {
        accepted.clear(i);
      }
    }
  }

  private @Nullable Column column(String name) {
    for (Column column : columns) {
      if (column.name.equals(name)) {
        return column;
      }
    }
    return null;
  }

  /** The names of the labels that some of these series have. */
  void forEachName(BitSet series, Consumer<String> visitor) {
    for (Column column : columns) {
      if (series.stream().anyMatch(i -> column.index[i] > 0)) {
        visitor.accept(column.name);
      }
    }
  }

  /** The values that a label has in some of these series, each once. */
  void forEachValue(String name, BitSet series, Consumer<String> visitor) {
    Column column = column(name);
    if (column != null) {
      BitSet found = new BitSet();
      series.stream().map(i -> column.index[i]).filter(place -> place > 0).forEach(found::set);
      found.stream().forEach(place -> visitor.accept(column.values[place - 1]));
    }
  }

  /** The key of a series, with its fingerprint. */
  public SeriesKey key(int series) {
    SeriesKey key = keys[series];
    if (key == null) {
      // Two threads may make it at once: equal and immutable, so either will do.
      key = SeriesKey.of(tenant, labels(series));
      keys[series] = key;
    }
    return key;
  }

  private Labels labels(int series) {
    String[] pairs = new String[2 * columns.length];
    int n = 0;
    for (Column column : columns) {
      int value = column.index[series];
      if (value > 0) {
        pairs[n++] = column.name;
        pairs[n++] = column.values[value - 1];
      }
    }
    return Labels.ofSorted(n == pairs.length ? pairs : Arrays.copyOf(pairs, n));
  }

  /** Every distinct label of the series but the metric name, in the order of names and values. */
  List<Label> distinctLabels() {
    return Arrays.stream(columns)
        .filter(column -> !column.name.equals(Label.METRIC_NAME))
        .flatMap(column -> Arrays.stream(column.values).map(value -> new Label(column.name, value)))
        .toList();
  }

  /** What the block that has this table is found by. */
  List<String> labelTerms() {
    return distinctLabels().stream()
        .map(label -> LabelTerm.of(label.name(), label.value()))
        .distinct()
        .toList();
  }

  Column[] columns() {
    return columns;
  }
}
