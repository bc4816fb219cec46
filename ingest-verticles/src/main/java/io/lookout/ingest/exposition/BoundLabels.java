package io.lookout.ingest.exposition;

import io.lookout.ingest.series.LabelPairs;
import io.lookout.model.text.NumberText;
import org.jspecify.annotations.Nullable;

/**
 * The form of bounds in labels. {@code le} of a classic histogram and {@code quantile} of a summary
 * are numbers, which formats and clients write as {@code 1} or as {@code 1.0}; a series must not
 * depend on that, so the second is what Prometheus 3 makes of both.
 */
final class BoundLabels {
  private @Nullable String label;

  /** The type of the family whose samples come next. */
  void family(String type) {
    label =
        switch (type) {
          case "histogram", "gaugehistogram" -> "le";
          case "summary" -> "quantile";
          default -> null;
        };
  }

  void reset() {
    label = null;
  }

  /** Adds a label in its one form. */
  void add(String name, String value, LabelPairs into) {
    into.add(name, label != null && name.equals(label) ? normal(value) : value);
  }

  private static String normal(String value) {
    try {
      return NumberText.bound(DecimalNumber.parseText(value));
    } catch (NumberFormatException e) {
      return value;
    }
  }
}
