package io.lookout.query.promql.function;

import io.lookout.model.Labels;
import io.lookout.query.promql.value.AnnotationText;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The functions that SOFALookout has beyond PromQL: {@code increase2}, which counts without
 * extrapolation; {@code sum2_over_time}, a {@code sum_over_time} that keeps the metric name; {@code
 * zhistogram_quantile}, over the buckets of its SDK, each of which counts a range of its own.
 */
final class SofaLookoutFunctions {
  private static final String BUCKET = "_bucket";

  private SofaLookoutFunctions() {}

  static void register(Functions.Registry registry) {
    registry
        .range(
            "increase2",
            window -> window.floats() < 2 ? Window.ABSENT : CounterFunctions.counted(window))
        .rangeKeepingName("sum2_over_time", OverTimeFunctions::sum)
        .vector("zhistogram_quantile", SofaLookoutFunctions::quantile);
  }

  /** The buckets of one histogram, each with its range. */
  private static final class Group {
    final List<SeriesSteps> buckets = new ArrayList<>();
    final List<RangeBuckets.Range> ranges = new ArrayList<>();
  }

  private static List<SeriesSteps> quantile(VectorCall call) {
    double[] q = call.scalar(0);
    for (double each : q) {
      if (!(each >= 0 && each <= 1)) {
        call.site().warn(0, AnnotationText.invalidQuantile(each));
      }
    }
    List<SeriesSteps> results = new ArrayList<>();
    groups(call)
        .forEach((labels, group) -> {
          SeriesSteps result = SeriesSteps.absent(labels, true, call.steps().count());
          for (int step = 0; step < result.size(); step++) {
            RangeBuckets buckets = at(group, step);
            if (!buckets.isEmpty()) {
              result.values[step] = buckets.quantile(q[step]);
            }
          }
          results.add(result);
        });
    return results;
  }

  private static Map<Labels, Group> groups(VectorCall call) {
    Map<Labels, Group> groups = new LinkedHashMap<>();
    for (SeriesSteps series : call.vector(1)) {
      String text = series.labels().valueOf(BUCKET);
      RangeBuckets.@Nullable Range range = RangeBuckets.Range.of(text);
      if (range == null) {
        String name = series.labels().metricName();
        call.site().warn(1, AnnotationText.badBucketLabel(BUCKET, text, name));
        continue;
      }
      Labels labels = series.labels().drop(List.of(BUCKET));
      Group group = groups.computeIfAbsent(labels, l -> new Group());
      group.buckets.add(series);
      group.ranges.add(range);
    }
    return groups;
  }

  private static RangeBuckets at(Group group, int step) {
    RangeBuckets buckets = new RangeBuckets();
    for (int i = 0; i < group.buckets.size(); i++) {
      SeriesSteps series = group.buckets.get(i);
      if (series.present(step) && series.histogram(step) == null) {
        buckets.add(group.ranges.get(i), series.values[step]);
      }
    }
    return buckets;
  }
}
