package io.lookout.query.promql.plan;

import io.lookout.query.promql.ast.Language;
import io.lookout.query.promql.value.Steps;

/**
 * When and how an expression is to be evaluated.
 *
 * @param steps one step for an instant query
 * @param instant whether it is an instant query, not a range query of perhaps one step
 * @param lookback how long a sample stands for its series, ms
 * @param subqueryStep the step of subqueries that name none, ms
 * @param language what of it is switched off matters to the evaluation too
 * @param downsampled whether storage may have aggregates of old samples
 */
public record Query(
    Steps steps,
    boolean instant,
    long lookback,
    long subqueryStep,
    Language language,
    boolean downsampled) {
  /** Prometheus's look-back, ms. */
  public static final long DEFAULT_LOOKBACK = 300_000;

  /** Prometheus's default evaluation interval, ms. */
  public static final long DEFAULT_SUBQUERY_STEP = 60_000;

  /** Over samples alone. */
  public Query(Steps steps, boolean instant, long lookback, long subqueryStep, Language language) {
    this(steps, instant, lookback, subqueryStep, language, false);
  }

  /** At one time, with the usual look-back. */
  public static Query instant(long time) {
    return new Query(
        Steps.instant(time), true, DEFAULT_LOOKBACK, DEFAULT_SUBQUERY_STEP, Language.PROMQL);
  }

  /** Over a range, with the usual look-back. */
  public static Query range(long start, long end, long step) {
    return new Query(
        new Steps(start, end, step),
        false,
        DEFAULT_LOOKBACK,
        DEFAULT_SUBQUERY_STEP,
        Language.PROMQL);
  }

  /** The same in another language. */
  public Query in(Language other) {
    return new Query(steps, instant, lookback, subqueryStep, other, downsampled);
  }

  /** What {@code step()} means in a duration: 0 for an instant query. */
  long stepMillis() {
    return instant ? 0 : steps.step();
  }

  /** What {@code range()} means in a duration. */
  long rangeMillis() {
    return steps.end() - steps.start();
  }
}
