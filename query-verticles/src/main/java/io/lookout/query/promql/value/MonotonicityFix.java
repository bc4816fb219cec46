package io.lookout.query.promql.value;

import io.lookout.model.text.NumberText;
import java.time.Instant;

/**
 * What was done to the buckets of classic histograms whose cumulative counts fell: how far the
 * fixed buckets and their times spread.
 *
 * @param firstTime of the first histogram that was fixed, ms
 * @param lastTime of the last one, ms
 * @param lowestBound of a bucket whose count was raised
 * @param largestDrop from one bucket to the next
 * @param histograms how many were fixed, each step counted
 */
public record MonotonicityFix(
    long firstTime,
    long lastTime,
    double lowestBound,
    double highestBound,
    double largestDrop,
    long histograms) {

  /** Both together. */
  MonotonicityFix and(MonotonicityFix other) {
    return new MonotonicityFix(
        Math.min(firstTime, other.firstTime),
        Math.max(lastTime, other.lastTime),
        Math.min(lowestBound, other.lowestBound),
        Math.max(highestBound, other.highestBound),
        Math.max(largestDrop, other.largestDrop),
        histograms + other.histograms);
  }

  /** As it follows the message of an annotation. */
  String text() {
    return ", from buckets "
        + NumberText.number(lowestBound)
        + " to "
        + NumberText.number(highestBound)
        + ", with a max diff of "
        + NumberText.rounded(largestDrop, 2)
        + ", over "
        + histograms
        + " samples from "
        + Instant.ofEpochSecond(firstTime / 1000)
        + " to "
        + Instant.ofEpochSecond(lastTime / 1000);
  }
}
