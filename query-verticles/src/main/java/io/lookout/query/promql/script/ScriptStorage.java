package io.lookout.query.promql.script;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;

/** Where a script's samples go, and what evaluates its expressions. */
public interface ScriptStorage extends AutoCloseable {
  /** Forgets all samples. */
  void clear();

  /**
   * Adds samples of a series, in the order of time, later loads to earlier ones. They are seen by
   * all evaluations that follow.
   */
  void load(Labels series, SampleColumns samples);

  /**
   * Evaluates at one time. A query that fails is an {@link Answer.Failed}, not an exception.
   *
   * @param time ms
   */
  Answer instant(String expression, long time);

  /**
   * Evaluates over a range. A query that fails is an {@link Answer.Failed}, not an exception.
   *
   * @param start ms
   * @param end ms, inclusive
   * @param step ms
   */
  Answer range(String expression, long start, long end, long step);

  /**
   * Whether histograms of its answers are {@linkplain ShownHistogram shown} ones, and not the
   * histograms themselves.
   */
  default boolean showsHistograms() {
    return false;
  }

  @Override
  void close();
}
