package io.lookout.query.promql.script;

import io.lookout.model.SampleColumns;
import io.lookout.model.histogram.NativeHistogram;
import java.util.ArrayList;
import java.util.List;

/** One step of a range query as if it were the answer to an instant query. */
final class MiddleStep {
  private MiddleStep() {}

  static Answer of(Answer answer, long time, boolean scalar) {
    if (!(answer instanceof Answer.Succeeded succeeded)
        || !(succeeded.value() instanceof Answer.Matrix matrix)) {
      return answer;
    }
    List<Answer.Series> vector = new ArrayList<>();
    for (Answer.Series series : matrix.series()) {
      SampleColumns sample = at(series.samples(), time);
      if (sample.size > 0) {
        vector.add(new Answer.Series(series.labels(), sample));
      }
    }
    Answer.Value value =
        scalar && vector.size() == 1
            ? new Answer.Scalar(vector.getFirst().samples().values[0])
            : new Answer.Vector(vector);
    return new Answer.Succeeded(value, succeeded.warnings(), succeeded.infos());
  }

  private static SampleColumns at(SampleColumns samples, long time) {
    SampleColumns one = new SampleColumns(1);
    for (int i = 0; i < samples.size; i++) {
      if (samples.times[i] == time) {
        NativeHistogram histogram = samples.histogram(i);
        if (histogram == null) {
          one.add(time, samples.values[i]);
        } else {
          one.add(time, histogram);
        }
      }
    }
    return one;
  }
}
