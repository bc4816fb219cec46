package io.lookout.model.chunk;

import org.jspecify.annotations.Nullable;

/**
 * Samples of one series over a stretch of time, encoded column by column. Immutable, so that it is
 * handed over by reference within a process. Either all samples are floats or all are native
 * histograms. Times strictly ascend.
 *
 * <p>Each column begins with one byte that names its encoding ({@code docs/formats/chunk.md}).
 * Series that were sampled at the same times share one {@code times} slice, the same object: a
 * decoder that meets it again need not decode it again.
 *
 * @param count samples, at least 1
 * @param minTime time of the first sample, ms
 * @param maxTime time of the last sample, ms
 * @param startTimes start timestamps, or null where no sample has one
 */
public record Chunk(
    int count, long minTime, long maxTime, Slice times, Slice values, @Nullable Slice startTimes) {

  /** The most samples of a chunk: bounds what a decoder allocates for one. */
  public static final int MAX_COUNT = 1 << 16;

  public Chunk {
    if (count < 1 || minTime > maxTime) {
      throw new IllegalArgumentException(
          "chunk of " + count + " samples from " + minTime + " to " + maxTime);
    }
  }

  /** What the columns take, a shared time column counted in full. */
  public int encodedBytes() {
    return times.length() + values.length() + (startTimes == null ? 0 : startTimes.length());
  }

  /** Whether the values were written without packing them, by {@link ChunkEncoder#plain}. */
  public boolean isPlain() {
    return values.length() > 0 && valuesEncoding() == DoubleColumn.PLAIN;
  }

  /** Whether the samples are floats, as far as the first byte of the values tells. */
  public boolean holdsFloats() {
    return values.length() > 0 && valuesEncoding() != HistogramColumn.RUNS;
  }

  private int valuesEncoding() {
    return values.array()[values.offset()];
  }

  /** Whether a sample may lie in [from, to], both inclusive. */
  public boolean overlaps(long from, long to) {
    return minTime <= to && maxTime >= from;
  }
}
