package io.lookout.query.promql.function;

import io.lookout.model.Labels;
import io.lookout.model.histogram.HistogramFraction;
import io.lookout.model.histogram.HistogramQuantile;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.text.NumberText;
import io.lookout.query.promql.value.AnnotationText;
import io.lookout.query.promql.value.MonotonicityFix;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code histogram_quantile}, {@code histogram_quantiles} and {@code histogram_fraction}, over
 * native histograms and over classic ones, whose buckets are series with the label {@code le}.
 */
final class QuantileFunctions {
  private static final String BUCKET = "le";

  private QuantileFunctions() {}

  static void register(Functions.Registry registry) {
    registry
        .vector("histogram_quantile", QuantileFunctions::quantile)
        .vector("histogram_quantiles", QuantileFunctions::quantiles)
        .vector("histogram_fraction", QuantileFunctions::fraction);
  }

  /** What is asked of each histogram at a step. */
  private interface Question {
    double ofNative(NativeHistogram histogram, int step, String metricName);

    double ofClassic(ClassicBuckets buckets, int step, String metricName);
  }

  private static List<SeriesSteps> quantile(VectorCall call) {
    double[] q = call.scalar(0);
    warnOfInvalid(call, q, 0);
    return answers(call, 1, quantileOf(call, q, new boolean[q.length]));
  }

  private static List<SeriesSteps> quantiles(VectorCall call) {
    String label = call.string(1);
    List<SeriesSteps> all = new ArrayList<>();
    boolean[] fixed = new boolean[call.steps().count()];
    for (int i = 2; i < call.arguments(); i++) {
      double[] q = call.scalar(i);
      warnOfInvalid(call, q, i);
      for (SeriesSteps series : answers(call, 0, quantileOf(call, q, fixed))) {
        all.addAll(labelled(series, label, q));
      }
      for (int step = 0; step < q.length; step++) {
        fixed[step] |= isValid(q[step]);
      }
    }
    return all;
  }

  /** A series for each quantile that was asked for at its steps: mostly that is one. */
  private static Collection<SeriesSteps> labelled(SeriesSteps series, String label, double[] q) {
    Map<String, SeriesSteps> byValue = new LinkedHashMap<>();
    for (int step = 0; step < series.size(); step++) {
      if (series.present(step)) {
        byValue.computeIfAbsent(NumberText.bound(q[step]), value -> empty(series, label, value))
                .values[step] =
            series.values[step];
      }
    }
    return byValue.values();
  }

  private static SeriesSteps empty(SeriesSteps like, String label, String value) {
    Labels labels = like.labels().toBuilder().set(label, value).build();
    return SeriesSteps.absent(labels, like.dropName(), like.size());
  }

  private static void warnOfInvalid(VectorCall call, double[] quantiles, int argument) {
    for (double q : quantiles) {
      if (!isValid(q)) {
        call.site().warn(argument, AnnotationText.invalidQuantile(q));
      }
    }
  }

  private static boolean isValid(double q) {
    return q >= 0 && q <= 1;
  }

  /**
   * @param fixed where an earlier quantile has said already what was wrong with the buckets
   */
  private static Question quantileOf(VectorCall call, double[] q, boolean[] fixed) {
    return new Question() {
      @Override
      public double ofNative(NativeHistogram histogram, int step, String metricName) {
        HistogramQuantile.Result result = HistogramQuantile.of(q[step], histogram);
        switch (result.nanEffect()) {
          case NONE -> {}
          case RESULT_IS_NAN -> call.site().info(0, AnnotationText.quantileIsNan(metricName));
          case SKEWED_HIGHER -> call.site().info(0, AnnotationText.quantileIsSkewed(metricName));
        }
        return result.value();
      }

      @Override
      public double ofClassic(ClassicBuckets buckets, int step, String metricName) {
        double result = buckets.quantile(q[step]);
        MonotonicityFix fix = buckets.fix(call.steps().at(step));
        if (fix != null && !fixed[step]) {
          String text = AnnotationText.histogramQuantileForcedMonotonicity(metricName);
          call.site().info(1, text, fix);
        }
        return result;
      }
    };
  }

  private static List<SeriesSteps> fraction(VectorCall call) {
    double[] lower = call.scalar(0);
    double[] upper = call.scalar(1);
    Question question =
        new Question() {
          @Override
          public double ofNative(NativeHistogram histogram, int step, String metricName) {
            HistogramFraction.Result result =
                HistogramFraction.of(lower[step], upper[step], histogram);
            if (result.nansExcluded()) {
              call.site().info(0, AnnotationText.fractionExcludesNans(metricName));
            }
            return result.value();
          }

          @Override
          public double ofClassic(ClassicBuckets buckets, int step, String metricName) {
            return buckets.fraction(lower[step], upper[step]);
          }
        };
    return answers(call, 2, question);
  }

  /** The series of one histogram: its buckets, if it is classic, and the native one. */
  private static final class Group {
    final List<SeriesSteps> buckets = new ArrayList<>();
    final List<Double> bounds = new ArrayList<>();
    final List<SeriesSteps> natives = new ArrayList<>();
  }

  private static List<SeriesSteps> answers(VectorCall call, int argument, Question question) {
    Map<Labels, Group> groups = new LinkedHashMap<>();
    for (SeriesSteps series : call.vector(argument)) {
      collect(call, argument, series, groups);
    }
    List<SeriesSteps> results = new ArrayList<>();
    ClassicBuckets scratch = new ClassicBuckets();
    groups.forEach((labels, group) -> {
      SeriesSteps result = SeriesSteps.absent(labels, true, call.steps().count());
      for (int step = 0; step < result.size(); step++) {
        answer(call, argument, question, group, result, step, scratch);
      }
      if (!result.isEmpty()) {
        results.add(result);
      }
    });
    return results;
  }

  private static void collect(
      VectorCall call, int argument, SeriesSteps series, Map<Labels, Group> groups) {
    if (series.histograms != null) {
      groups.computeIfAbsent(series.labels(), l -> new Group()).natives.add(series);
    }
    if (!hasFloat(series)) {
      return;
    }
    String text = series.labels().valueOf(BUCKET);
    Double bound = bound(text);
    if (bound == null) {
      call.site()
          .warn(
              argument, AnnotationText.badBucketLabel(BUCKET, text, series.labels().metricName()));
      return;
    }
    Labels labels = series.labels().drop(List.of(BUCKET));
    Group group = groups.computeIfAbsent(labels, l -> new Group());
    group.buckets.add(series);
    group.bounds.add(bound);
  }

  private static boolean hasFloat(SeriesSteps series) {
    for (int i = 0; i < series.size(); i++) {
      if (series.present(i) && series.histogram(i) == null) {
        return true;
      }
    }
    return false;
  }

  /** Null for what is no number. Infinity and NaN are written in any case. */
  private static @Nullable Double bound(String text) {
    boolean signed = text.startsWith("+") || text.startsWith("-");
    double sign = text.startsWith("-") ? -1 : 1;
    return switch (text.substring(signed ? 1 : 0).toLowerCase(Locale.ROOT)) {
      case "inf", "infinity" -> sign * Double.POSITIVE_INFINITY;
      case "nan" -> signed ? null : Double.NaN;
      default -> finite(text);
    };
  }

  private static @Nullable Double finite(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    boolean plain =
        !text.isEmpty()
            && text.indexOf(' ') < 0
            && (lower.contains("0x") || (!lower.endsWith("f") && !lower.endsWith("d")));
    try {
      double value = plain ? Double.parseDouble(text) : Double.NaN;
      return Double.isFinite(value) ? Double.valueOf(value) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static void answer(
      VectorCall call,
      int argument,
      Question question,
      Group group,
      SeriesSteps result,
      int step,
      ClassicBuckets buckets) {
    buckets.clear();
    for (int i = 0; i < group.buckets.size(); i++) {
      SeriesSteps series = group.buckets.get(i);
      if (series.present(step) && series.histogram(step) == null) {
        buckets.add(group.bounds.get(i), series.values[step]);
      }
    }
    String name = result.labels().metricName();
    NativeHistogram histogram = null;
    for (SeriesSteps series : group.natives) {
      histogram = series.histogram(step) == null ? histogram : series.histogram(step);
    }
    if (histogram != null && !buckets.isEmpty()) {
      call.site().warn(argument, AnnotationText.mixedClassicNativeHistograms(name));
    } else if (histogram != null) {
      result.values[step] = question.ofNative(histogram, step, name);
    } else if (!buckets.isEmpty()) {
      result.values[step] = question.ofClassic(buckets, step, name);
    }
  }
}
