/**
 * OpenTSDB's read API over the same selects as PromQL. Its evaluation is not PromQL's: series are
 * brought onto common times by interpolation, not by looking back. Source: the documentation of
 * OpenTSDB 2.4, "Query Details and Stats", "Aggregators", "Downsampling", "Rates".
 */
@NullMarked
package io.lookout.query.opentsdb;

import org.jspecify.annotations.NullMarked;
