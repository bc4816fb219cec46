package io.lookout.query.promql.function;

import io.lookout.model.Labels;
import io.lookout.model.Utf8Order;
import io.lookout.query.promql.value.AnnotationText;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** {@code sort} and its like. Only an instant query has an order. */
final class SortFunctions {
  private SortFunctions() {}

  static void register(Functions.Registry registry) {
    registry
        .ordering("sort", call -> byValue(call, SortFunctions::ascending))
        .ordering("sort_desc", call -> byValue(call, (a, b) -> ascending(b, a)))
        .ordering("sort_by_label", call -> byLabels(call, order(call)))
        .ordering("sort_by_label_desc", call -> byLabels(call, order(call).reversed()));
  }

  /** Zeros are equal, whatever their sign. */
  private static int ascending(double a, double b) {
    return a < b ? -1 : a > b ? 1 : 0;
  }

  private static void noteRange(VectorCall call) {
    if (!call.instant()) {
      call.site().warn(AnnotationText.ineffectiveSort());
    }
  }

  /** Floats only; NaN comes last either way. */
  private static List<SeriesSteps> byValue(VectorCall call, Comparator<Double> order) {
    noteRange(call);
    List<SeriesSteps> floats = new ArrayList<>();
    for (SeriesSteps series : call.vector(0)) {
      floats.add(series.histograms == null ? series : withoutHistograms(series));
    }
    if (call.instant()) {
      floats.removeIf(series -> !series.present(0));
      floats.sort(
          Comparator.comparing((SeriesSteps series) -> Double.isNaN(series.values[0]))
              .thenComparing(series -> series.values[0], order));
    }
    return floats;
  }

  private static SeriesSteps withoutHistograms(SeriesSteps series) {
    SeriesSteps floats = SeriesSteps.absent(series.labels(), series.dropName(), series.size());
    for (int i = 0; i < series.size(); i++) {
      if (series.histogram(i) == null) {
        floats.values[i] = series.values[i];
      }
    }
    return floats;
  }

  private static List<SeriesSteps> byLabels(VectorCall call, Comparator<SeriesSteps> order) {
    noteRange(call);
    List<SeriesSteps> sorted = new ArrayList<>(call.vector(0));
    if (call.instant()) {
      sorted.sort(order);
    }
    return sorted;
  }

  /** By the values of the given labels, numbers in them as numbers; then by all labels. */
  private static Comparator<SeriesSteps> order(VectorCall call) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i < call.arguments(); i++) {
      names.add(call.string(i));
    }
    return (a, b) -> {
      for (String name : names) {
        int order = natural(a.labels().valueOf(name), b.labels().valueOf(name));
        if (order != 0) {
          return order;
        }
      }
      return Labels.ORDER.compare(a.labels(), b.labels());
    };
  }

  /** Runs of digits by their number, all else by bytes. */
  static int natural(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int endA = runEnd(a, i);
      int endB = runEnd(b, j);
      String runA = a.substring(i, endA);
      String runB = b.substring(j, endB);
      int order =
          isDigit(runA.charAt(0)) && isDigit(runB.charAt(0))
              ? compareNumbers(runA, runB)
              : Utf8Order.compare(runA, runB);
      if (order != 0) {
        return order;
      }
      i = endA;
      j = endB;
    }
    return Integer.compare(a.length() - i, b.length() - j);
  }

  private static int compareNumbers(String a, String b) {
    String shortA = a.replaceFirst("^0+(?=.)", "");
    String shortB = b.replaceFirst("^0+(?=.)", "");
    return shortA.length() == shortB.length()
        ? shortA.compareTo(shortB)
        : Integer.compare(shortA.length(), shortB.length());
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int runEnd(String text, int from) {
    boolean digits = isDigit(text.charAt(from));
    int end = from + 1;
    while (end < text.length() && isDigit(text.charAt(end)) == digits) {
      end++;
    }
    return end;
  }
}
