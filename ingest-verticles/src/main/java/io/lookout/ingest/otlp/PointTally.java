package io.lookout.ingest.otlp;

/**
 * Counts the data points of a request, which is what an answer of partial success speaks of: one of
 * a histogram is many samples. Not thread-safe.
 */
final class PointTally {
  private int points;
  private int refused;
  private int refusedSamples;

  /**
   * A data point was translated.
   *
   * @param samples that were refused of the request so far
   */
  void point(int samples) {
    points++;
    refused += samples > refusedSamples ? 1 : 0;
    refusedSamples = samples;
  }

  /** What is refused besides is no data point of the sender. */
  void notPoints(int samples) {
    refusedSamples = samples;
  }

  /**
   * Data points that were refused, wherever. Behind the translation nobody knows which data point a
   * sample is of: each is taken for one of its own.
   *
   * @param samples that were refused in all
   */
  int refused(int samples) {
    return Math.min(points, refused + Math.max(0, samples - refusedSamples));
  }
}
