/**
 * Evaluates plans: a class for each operator, a series at a time over columns. Pure.
 *
 * <p>Operators are streams of series ({@link io.lookout.query.promql.exec.SeriesStream}): labels
 * are known at once, values are computed when a series is asked for. What needs all series
 * (aggregations, matching) asks for them from several threads and folds them as they come.
 */
@NullMarked
package io.lookout.query.promql.exec;

import org.jspecify.annotations.NullMarked;
