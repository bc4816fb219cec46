package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.query.promql.value.Annotation;
import io.lookout.query.promql.value.SeriesSteps;
import io.lookout.query.promql.value.Steps;
import java.util.List;

/**
 * The answer to a query.
 *
 * @param samplesRead how many samples were read from storage and from subqueries
 */
public record QueryResult(
    Value value, List<Annotation> warnings, List<Annotation> infos, long samplesRead) {
  /** What an expression came to. */
  public sealed interface Value {}

  /** A number at the time of an instant query. */
  public record Scalar(long time, double value) implements Value {}

  /** A string at the time of an instant query. */
  public record Text(long time, String value) implements Value {}

  /**
   * Series with one sample each, of an instant query.
   *
   * @param series entries of one step, all present
   */
  public record Vector(long time, List<SeriesSteps> series) implements Value {}

  /** Series over steps, ordered by labels; each has at least one sample. */
  public record Matrix(Steps steps, List<SeriesSteps> series) implements Value {}

  /** Samples at times of their own: a range vector, as an instant query may ask for. */
  public record Samples(List<SampleSeries> series) implements Value {}

  /** A series of {@link Samples}. */
  public record SampleSeries(Labels labels, SampleColumns samples) {}
}
