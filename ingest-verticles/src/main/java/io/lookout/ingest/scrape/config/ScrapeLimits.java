package io.lookout.ingest.scrape.config;

/**
 * Bounds of one scrape and of one job; 0 is no bound.
 *
 * @param bodySize bytes of an answer, decompressed
 * @param samples that metric relabelling leaves of an answer
 * @param targets of a job
 * @param labels of a series
 * @param labelNameLength characters
 * @param labelValueLength characters
 * @param keptDroppedTargets dropped targets that are remembered for people
 * @param histogramBuckets buckets of a native histogram; larger ones lose resolution
 * @param histogramFactor least growth from one bucket of a native histogram to the next
 */
public record ScrapeLimits(
    long bodySize,
    int samples,
    int targets,
    int labels,
    int labelNameLength,
    int labelValueLength,
    int keptDroppedTargets,
    int histogramBuckets,
    double histogramFactor) {
  public static final ScrapeLimits NONE = new ScrapeLimits(0, 0, 0, 0, 0, 0, 0, 0, 0);
}
