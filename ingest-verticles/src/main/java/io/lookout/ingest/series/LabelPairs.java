package io.lookout.ingest.series;

import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.SeriesText;
import io.lookout.model.Utf8Order;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Collects the labels of one series as a sender gives them, in any order, and makes {@link Labels}
 * of them if they are valid. Cleared and used again; not thread-safe.
 */
public final class LabelPairs {
  /** Of the offending series so much is shown. */
  private static final int SHOWN = 300;

  private Label[] labels = new Label[16];
  private int size;

  public void clear() {
    Arrays.fill(labels, 0, size, null);
    size = 0;
  }

  public void add(String name, String value) {
    if (size == labels.length) {
      labels = Arrays.copyOf(labels, size * 2);
    }
    labels[size++] = new Label(name, value);
  }

  /** The name that was given as the i-th; asking for problems sorts. */
  public String name(int i) {
    return labels[i].name();
  }

  public String value(int i) {
    return labels[i].value();
  }

  public int size() {
    return size;
  }

  /**
   * Sorts, and says what is wrong with these labels as those of a series; null where all is well.
   */
  public @Nullable String problem() {
    String problem = problemOfNames();
    return problem != null || hasMetricName() ? problem : "no metric name in series " + shown();
  }

  /** The same where no metric name is asked for: labels of an exemplar. */
  public @Nullable String problemOfNames() {
    sort();
    for (int i = 0; i < size; i++) {
      if (labels[i].name().isEmpty()) {
        return "empty label name in series " + shown();
      }
      if (i > 0 && labels[i].name().equals(labels[i - 1].name())) {
        return "duplicate label " + SeriesText.quote(labels[i].name()) + " in series " + shown();
      }
    }
    return null;
  }

  private boolean hasMetricName() {
    for (int i = 0; i < size; i++) {
      if (labels[i].name().equals(Label.METRIC_NAME)) {
        return !labels[i].value().isEmpty();
      }
    }
    return false;
  }

  /** Stable, so that messages show duplicates in the sender's order. */
  private void sort() {
    for (int i = 1; i < size; i++) {
      if (Utf8Order.compare(labels[i - 1].name(), labels[i].name()) > 0) {
        Arrays.sort(labels, 0, size, Comparator.comparing(Label::name, Utf8Order::compare));
        return;
      }
    }
  }

  /** The labels, those of empty value left out. To be asked after the question for problems. */
  public Labels build() {
    String[] pairs = new String[size * 2];
    int n = 0;
    for (int i = 0; i < size; i++) {
      if (!labels[i].value().isEmpty()) {
        pairs[n++] = labels[i].name();
        pairs[n++] = labels[i].value();
      }
    }
    return Labels.ofSorted(n == pairs.length ? pairs : Arrays.copyOf(pairs, n));
  }

  /** As the sender gave it, for an error message; cut where it is long. */
  public String shown() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < size && text.length() < SHOWN; i++) {
      text.append(i == 0 ? "" : ", ").append(nameText(labels[i].name())).append('=');
      text.append(SeriesText.quote(cut(labels[i].value())));
    }
    return text.append(text.length() < SHOWN ? "}" : "…}").toString();
  }

  private static String nameText(String name) {
    return SeriesText.isLegacyLabelName(name) ? cut(name) : SeriesText.quote(cut(name));
  }

  private static String cut(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
