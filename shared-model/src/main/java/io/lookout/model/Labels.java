package io.lookout.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The label set of a series: names unique and in the order of their UTF-8 bytes, no empty values.
 * Immutable.
 *
 * <p>Held as one array of name, value, name, value, … so that a label set costs two objects beside
 * its strings.
 */
public final class Labels implements Iterable<Label> {
  /** The label set without labels. */
  public static final Labels EMPTY = new Labels(new String[0]);

  /**
   * Label by label, name before value, by UTF-8 bytes; the shorter first: the order of Prometheus.
   */
  public static final Comparator<Labels> ORDER = Labels::compare;

  private final String[] pairs;
  private int hash;

  private Labels(String[] pairs) {
    this.pairs = pairs;
  }

  /**
   * From name, value, name, value, …, in any order.
   *
   * @throws IllegalArgumentException for an odd number of strings or a name that is given twice
   */
  public static Labels of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("names and values must come in pairs");
    }
    Builder builder = new Builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (builder.get(namesAndValues[i]) != null) {
        throw new IllegalArgumentException("label " + namesAndValues[i] + " is given twice");
      }
      builder.set(namesAndValues[i], namesAndValues[i + 1]);
    }
    return builder.build();
  }

  /** From a map of names to values. */
  public static Labels of(Map<String, String> labels) {
    Builder builder = new Builder();
    labels.forEach(builder::set);
    return builder.build();
  }

  /**
   * Takes the array as it is: pairs already in order, names unique, no value empty. For decoders
   * that have checked this.
   */
  public static Labels ofSorted(String[] pairs) {
    return pairs.length == 0 ? EMPTY : new Labels(pairs);
  }

  public int size() {
    return pairs.length / 2;
  }

  public boolean isEmpty() {
    return pairs.length == 0;
  }

  public String name(int i) {
    return pairs[2 * i];
  }

  public String value(int i) {
    return pairs[2 * i + 1];
  }

  /** The value of a label, or null where the series does not have it. */
  public @Nullable String get(String name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(name)) {
        return pairs[i + 1];
      }
    }
    return null;
  }

  /**
   * The value of a label, or the empty string where the series does not have it: what matchers and
   * PromQL see.
   */
  public String valueOf(String name) {
    String value = get(name);
    return value == null ? "" : value;
  }

  public String metricName() {
    return valueOf(Label.METRIC_NAME);
  }

  /** Only the labels of these names. */
  public Labels keep(Collection<String> names) {
    return filter(names, true);
  }

  /** All but the labels of these names. */
  public Labels drop(Collection<String> names) {
    return filter(names, false);
  }

  private Labels filter(Collection<String> names, boolean keep) {
    String[] kept = new String[pairs.length];
    int n = 0;
    for (int i = 0; i < pairs.length; i += 2) {
      if (names.contains(pairs[i]) == keep) {
        kept[n++] = pairs[i];
        kept[n++] = pairs[i + 1];
      }
    }
    return n == pairs.length ? this : ofSorted(Arrays.copyOf(kept, n));
  }

  public Labels withoutMetricName() {
    return get(Label.METRIC_NAME) == null ? this : drop(List.of(Label.METRIC_NAME));
  }

  /** A builder that starts with these labels. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    for (Label label : this) {
      builder.set(label.name(), label.value());
    }
    return builder;
  }

  @Override
  public Iterator<Label> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < pairs.length;
      }

      @Override
      public Label next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        next += 2;
        return new Label(pairs[next - 2], pairs[next - 1]);
      }
    };
  }

  @SuppressWarnings("ReferenceEquality") // Names and values are mostly shared: then it is enough.
  private static int compare(Labels a, Labels b) {
    int common = Math.min(a.pairs.length, b.pairs.length);
    for (int i = 0; i < common; i++) {
      if (a.pairs[i] != b.pairs[i]) {
        int order = Utf8Order.compare(a.pairs[i], b.pairs[i]);
        if (order != 0) {
          return order;
        }
      }
    }
    return Integer.compare(a.pairs.length, b.pairs.length);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Labels labels && Arrays.equals(pairs, labels.pairs);
  }

  @Override
  public int hashCode() {
    int h = hash;
    if (h == 0) {
      h = Arrays.hashCode(pairs);
      hash = h;
    }
    return h;
  }

  /** As PromQL writes a series: {@code name{a="b"}}; names that are not legacy names are quoted. */
  @Override
  public String toString() {
    return SeriesText.of(this);
  }

  /** Collects labels in any order. A label set to the empty string is removed. */
  public static final class Builder {
    private final TreeMap<String, String> labels = new TreeMap<>(Utf8Order::compare);

    public @Nullable String get(String name) {
      return labels.get(name);
    }

    public Builder set(String name, String value) {
      if (value.isEmpty()) {
        labels.remove(name);
      } else {
        labels.put(name, value);
      }
      return this;
    }

    public Builder remove(String name) {
      labels.remove(name);
      return this;
    }

    public Labels build() {
      List<String> pairs = new ArrayList<>(labels.size() * 2);
      labels.forEach((name, value) -> {
        pairs.add(name);
        pairs.add(value);
      });
      return ofSorted(pairs.toArray(new String[0]));
    }
  }
}
