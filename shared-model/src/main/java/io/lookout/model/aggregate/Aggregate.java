package io.lookout.model.aggregate;

import java.util.Locale;

/**
 * What is kept of the floats of a series in one bucket {@code (n × resolution, (n + 1) ×
 * resolution]}. Each aggregate is a series of its own, with the labels of the series it is of and
 * {@link #LABEL}. Its sample has the time of the last float of the bucket, unless told otherwise.
 * Staleness markers are no floats here.
 */
public enum Aggregate {
  /** The least; NaN only where all are. */
  MIN,
  /** The greatest; NaN only where all are. */
  MAX,
  SUM,
  COUNT,
  /** The first float as it is, with its own time. */
  FIRST,
  /** The last float as it is. */
  LAST,
  /** What a counter lost by resets inside the bucket: the sum of the floats just before them. */
  RESETS,
  /** A staleness marker after which the bucket has nothing more of the series, with its time. */
  STALE;

  /** The label that names the aggregate. */
  public static final String LABEL = "__aggregate__";

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The value of {@link #LABEL}. */
  public String text() {
    return text;
  }
}
