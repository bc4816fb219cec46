package io.lookout.model.aggregate;

/**
 * Of which resolution a part of an answer is.
 *
 * @param resolution ms; 0: the samples themselves
 * @param minTime ms, inclusive
 * @param maxTime ms, inclusive
 */
public record TimePart(long resolution, long minTime, long maxTime) {
  public boolean isRaw() {
    return resolution == 0;
  }
}
