package io.lookout.ingest.metricbeat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of one event as they are read, before it is known what they mean. Used again. */
final class Event {
  /** No metricset is so large. */
  static final int MOST_VALUES = 4096;

  /** Of one histogram. */
  static final int MOST_NUMBERS = 4096;

  final Map<Control, String> controls = new EnumMap<>(Control.class);
  Field[] fields = new Field[64];
  double[] numbers = new double[64];
  @Nullable String[] texts = new String[64];
  int size;

  /** Lists of numbers, of which those of histograms mean something. */
  final List<Numbers> lists = new ArrayList<>();

  /** Values that can mean nothing here: lists of other things. */
  int dropped;

  /**
   * A list of numbers.
   *
   * @param field of the list itself
   */
  record Numbers(Field field, @SuppressWarnings("ArrayRecordComponent") double[] values) {}

  void clear() {
    controls.clear();
    Arrays.fill(fields, 0, size, null);
    Arrays.fill(texts, 0, size, null);
    size = 0;
    lists.clear();
    dropped = 0;
  }

  /** False where there is no more room. */
  boolean number(Field field, double value) {
    return add(field, value, null);
  }

  boolean text(Field field, String text) {
    return add(field, 0, text);
  }

  boolean list(Field field, double[] values) {
    return lists.size() < MOST_VALUES && lists.add(new Numbers(field, values));
  }

  private boolean add(Field field, double value, @Nullable String text) {
    if (size == MOST_VALUES) {
      return false;
    }
    if (size == fields.length) {
      fields = Arrays.copyOf(fields, size * 2);
      numbers = Arrays.copyOf(numbers, size * 2);
      texts = Arrays.copyOf(texts, size * 2);
    }
    fields[size] = field;
    numbers[size] = value;
    texts[size++] = text;
    return true;
  }

  String control(Control which) {
    return controls.getOrDefault(which, "");
  }

  String module() {
    String module = control(Control.MODULE);
    return module.isEmpty() ? control(Control.OLD_MODULE) : module;
  }

  String metricset() {
    return control(Control.METRICSET);
  }

  String host() {
    for (Control each : Control.HOSTS) {
      String host = control(each);
      if (!host.isEmpty()) {
        return host;
      }
    }
    return "";
  }

  String instance() {
    String address = control(Control.ADDRESS);
    address = address.isEmpty() ? control(Control.OLD_ADDRESS) : address;
    return address.isEmpty() ? host() : address;
  }
}
