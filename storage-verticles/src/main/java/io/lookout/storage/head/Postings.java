package io.lookout.storage.head;

import io.lookout.model.LabelPattern;
import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SeriesKey;
import io.lookout.model.Utf8Order;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The series of one tenant by their labels: for each name and value a bitmap of slots. The maps are
 * the table of symbols too: each name and value is one string, however many series have it.
 */
final class Postings {
  private final Map<String, Label> labels = new HashMap<>();
  private final RoaringBitmap all = new RoaringBitmap();
  private final PatternCache patterns;

  /** The labels in the order of their names; null where one has come or gone since. */
  private @Nullable List<Label> sortedLabels;

  /** Values that came or went so far, of all labels: no two states of a label have the same. */
  private long changes;

  Postings(PatternCache patterns) {
    this.patterns = patterns;
  }

  /** A label name and its values. */
  static final class Label {
    private final String name;
    private final Map<String, Value> values = new HashMap<>();
    private long version;
    private List<Value> sorted = List.of();
    private long sortedVersion = -1;

    private Label(String name) {
      this.name = name;
    }

    String name() {
      return name;
    }

    /** Another one whenever a value has come or gone. */
    long version() {
      return version;
    }

    Collection<Value> values() {
      return values.values();
    }

    /** The values in the order of their UTF-8 bytes: put in order once, until one comes or goes. */
    List<Value> sortedValues() {
      if (sortedVersion != version) {
        sorted = new ArrayList<>(values.values());
        sorted.sort((a, b) -> Utf8Order.compare(a.text, b.text));
        sortedVersion = version;
      }
      return sorted;
    }

    @Nullable Value value(String value) {
      return values.get(value);
    }
  }

  /** A value of a label and the series that have it. */
  static final class Value {
    private static final int NONE = -1;

    private final String text;
    private final RoaringBitmap series = new RoaringBitmap();
    private int likely = NONE;
    private long firstTime = Long.MAX_VALUE;

    private Value(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }

    RoaringBitmap series() {
      return series;
    }

    /** The series that a question found wanted last, or the first: mostly the next wants it too. */
    int likely() {
      if (likely == NONE) {
        likely = series.first();
      }
      return likely;
    }

    /** No sample of the series is older, ms. */
    long firstTime() {
      return firstTime;
    }

    /** One of the series was wanted. */
    void found(int slot) {
      likely = slot;
    }

    private void remove(int slot) {
      series.remove(slot);
      if (likely == slot) {
        likely = NONE;
      }
    }
  }

  /** The same key, its labels made of the strings that the postings hold already. */
  SeriesKey intern(SeriesKey key) {
    Labels labels = key.labels();
    String[] pairs = new String[2 * labels.size()];
    boolean same = true;
    for (int i = 0; i < labels.size(); i++) {
      Label label = this.labels.get(labels.name(i));
      Value value = label == null ? null : label.value(labels.value(i));
      pairs[2 * i] = label == null ? labels.name(i) : label.name();
      pairs[2 * i + 1] = value == null ? labels.value(i) : value.text();
      same &= isSame(pairs[2 * i], labels.name(i)) && isSame(pairs[2 * i + 1], labels.value(i));
    }
    return same ? key : new SeriesKey(key.tenant(), Labels.ofSorted(pairs), key.fingerprint());
  }

  @SuppressWarnings("ReferenceEquality") // Whether it is the same object is the question.
  private static boolean isSame(String a, String b) {
    return a == b;
  }

  void add(int slot, Labels series) {
    all.add(slot);
    for (int i = 0; i < series.size(); i++) {
      Label label = labels.computeIfAbsent(series.name(i), this::newLabel);
      label
          .values
          .computeIfAbsent(series.value(i), text -> newValue(label, text))
          .series()
          .add(slot);
    }
  }

  private Label newLabel(String name) {
    sortedLabels = null;
    return new Label(name);
  }

  private Value newValue(Label label, String text) {
    label.version = ++changes;
    return new Value(text);
  }

  void remove(int slot, Labels series) {
    all.remove(slot);
    for (int i = 0; i < series.size(); i++) {
      Label label = labels.get(series.name(i));
      Value value = label == null ? null : label.value(series.value(i));
      if (label != null && value != null) {
        value.remove(slot);
        if (value.series().isEmpty()) {
          label.values.remove(value.text());
          label.version = ++changes;
        }
        if (label.values.isEmpty()) {
          labels.remove(label.name());
          sortedLabels = null;
        }
      }
    }
  }

  /** A series that was added has a sample of this time, older than all others of it. */
  void beginAt(Labels series, long time) {
    for (int i = 0; i < series.size(); i++) {
      Label label = labels.get(series.name(i));
      Value value = label == null ? null : label.value(series.value(i));
      if (value != null && time < value.firstTime) {
        value.firstTime = time;
      }
    }
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** All series. Not to be changed. */
  RoaringBitmap all() {
    return all;
  }

  /** In the order of their names: put in order once, until one comes or goes. */
  List<Label> sortedLabels() {
    List<Label> sorted = sortedLabels;
    if (sorted == null) {
      sorted = new ArrayList<>(labels.values());
      sorted.sort((a, b) -> Utf8Order.compare(a.name, b.name));
      sortedLabels = sorted;
    }
    return sorted;
  }

  @Nullable Label label(String name) {
    return labels.get(name);
  }

  /** The values of a label that the matcher accepts, or those that it does not. */
  List<Value> values(Matcher matcher, boolean accepted) {
    Label label = labels.get(matcher.name());
    if (label == null) {
      return List.of();
    }
    boolean matching = accepted != matcher.isNegative();
    return switch (matcher.pattern()) {
      case LabelPattern.Literal one when matching -> present(label, Set.of(one.value()));
      case LabelPattern.OneOf some when matching -> present(label, some.values());
      default -> patterns.values(label, matcher, accepted);
    };
  }

  private static List<Value> present(Label label, Set<String> texts) {
    List<Value> found = new ArrayList<>(texts.size());
    for (String text : texts) {
      Value value = label.value(text);
      if (value != null) {
        found.add(value);
      }
    }
    return found;
  }

  /** The values of a label, none where no series has it. */
  Collection<Value> values(String name) {
    Label label = labels.get(name);
    return label == null ? List.of() : label.values();
  }

  /** The same in the order of their UTF-8 bytes. */
  List<Value> sortedValues(String name) {
    Label label = labels.get(name);
    return label == null ? List.of() : label.sortedValues();
  }
}
