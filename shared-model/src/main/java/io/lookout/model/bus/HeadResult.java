package io.lookout.model.bus;

import java.util.List;

/**
 * The answer to a {@link HeadQuery}. The lists have their largest entries first.
 *
 * @param labelPairs different pairs of a label name and a value
 * @param minTime of the oldest sample, ms; {@link Long#MAX_VALUE} where there is none
 * @param maxTime of the newest sample, ms; {@link Long#MIN_VALUE} where there is none
 * @param seriesByMetric series of a metric name
 * @param valuesByLabel different values of a label name
 * @param bytesByLabel bytes of the values of a label name, for each series that has them
 * @param seriesByPair series that have {@code name=value}
 */
public record HeadResult(
    long series,
    long chunks,
    long labelPairs,
    long minTime,
    long maxTime,
    List<Count> seriesByMetric,
    List<Count> valuesByLabel,
    List<Count> bytesByLabel,
    List<Count> seriesByPair) {
  /** A number of something. */
  public record Count(String name, long count) {}
}
