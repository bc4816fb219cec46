package io.lookout.ingest.pipeline;

import io.lookout.model.Labels;

/**
 * A step of the pipeline that looks at labels alone. Its verdict is remembered with the series, so
 * it is asked once for a series and not once for a sample; it must therefore always say the same of
 * the same labels. Thread-safe.
 */
@FunctionalInterface
public interface SeriesStage {
  /** The verdict on a series of this tenant. Labels are sorted and valid. */
  Verdict judge(String tenant, Labels labels);

  /** Stages one after the other, until one does not keep the series. */
  static SeriesStage inOrder(Iterable<? extends SeriesStage> stages) {
    return (tenant, labels) -> {
      Verdict verdict = new Verdict.Keep(labels);
      for (SeriesStage stage : stages) {
        if (!(verdict instanceof Verdict.Keep keep)) {
          return verdict;
        }
        verdict = stage.judge(tenant, keep.labels());
      }
      return verdict;
    };
  }
}
