package io.lookout.query.promql.script;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import java.util.List;

/** What came of an evaluation. */
public sealed interface Answer {
  /** The query failed. */
  record Failed(String message) implements Answer {}

  /**
   * The query succeeded.
   *
   * @param warnings texts from {@code PromQL warning:} on, without position
   * @param infos texts from {@code PromQL info:} on, without position
   */
  record Succeeded(Value value, List<String> warnings, List<String> infos) implements Answer {}

  /** A result. */
  sealed interface Value {}

  /** A number. */
  record Scalar(double value) implements Value {}

  /** A string. */
  record Text(String value) implements Value {}

  /** Series of one sample each, in the order of the result. */
  record Vector(List<Series> series) implements Value {}

  /** Series of samples. */
  record Matrix(List<Series> series) implements Value {}

  /** A series of a result with its samples, at least one. */
  record Series(Labels labels, SampleColumns samples) {}
}
