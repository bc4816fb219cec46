package io.lookout.query.promql.exec;

import io.lookout.query.promql.value.SeriesSteps;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes all series of a stream. */
final class Materializer {
  private static final int SERIES_A_TASK = 32;

  private Materializer() {}

  /** The series that have a sample, in the order of the stream. */
  static List<SeriesSteps> all(SeriesStream stream, Evaluation evaluation) {
    if (stream instanceof ListStream list) {
      return list.series();
    }
    int size = stream.size();
    @Nullable SeriesSteps[] results = new SeriesSteps[size];
    Budget budget = evaluation.budget();
    evaluation
        .workers()
        .run(
            (size + SERIES_A_TASK - 1) / SERIES_A_TASK,
            () -> {
              SeriesStream.Cursor cursor = stream.cursor();
              return task -> {
                int to = Math.min(size, (task + 1) * SERIES_A_TASK);
                for (int i = task * SERIES_A_TASK; i < to; i++) {
                  results[i] = kept(cursor.get(i), budget);
                }
              };
            });
    List<SeriesSteps> present = new ArrayList<>(size);
    for (SeriesSteps series : results) {
      if (series != null) {
        present.add(series);
      }
    }
    return present;
  }

  private static @Nullable SeriesSteps kept(@Nullable SeriesSteps series, Budget budget) {
    if (series != null) {
      budget.keep(series);
    }
    return series;
  }
}
