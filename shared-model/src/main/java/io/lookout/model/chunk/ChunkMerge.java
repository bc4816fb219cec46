package io.lookout.model.chunk;

import io.lookout.model.SampleColumns;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes few chunks that ascend and do not overlap from many that may. Holds scratch space: one for
 * each thread.
 */
public final class ChunkMerge {
  private final ChunkDecoder decoder = new ChunkDecoder();
  private final ChunkEncoder encoder = new ChunkEncoder();

  /**
   * Merges chunks of one series; of samples of one time that of the later chunk in the list stays.
   *
   * @param maxSamples of a chunk that is made
   */
  public List<Chunk> merge(List<Chunk> chunks, int maxSamples) {
    if (chunks.size() < 2) {
      return chunks;
    }
    SampleColumns samples = samples(chunks);
    return encode(samples, 0, samples.size, maxSamples);
  }

  /** All samples of chunks of one series in the order of time, the later chunk in the list wins. */
  public SampleColumns samples(List<Chunk> chunks) {
    SampleColumns samples = new SampleColumns(128);
    SampleColumns next = new SampleColumns(128);
    for (Chunk chunk : chunks) {
      if (samples.size == 0 || chunk.minTime() > samples.times[samples.size - 1]) {
        decoder.decode(chunk, samples);
      } else {
        next.clear();
        decoder.decode(chunk, next);
        samples = merge(samples, next);
      }
    }
    return samples;
  }

  /** Both in the order of time; of samples of one time that of {@code newer} stays. */
  public static SampleColumns merge(SampleColumns older, SampleColumns newer) {
    SampleColumns merged = new SampleColumns(older.size + newer.size);
    int i = 0;
    int j = 0;
    while (i < older.size || j < newer.size) {
      if (j == newer.size || (i < older.size && older.times[i] < newer.times[j])) {
        append(older, i++, merged);
      } else {
        if (i < older.size && older.times[i] == newer.times[j]) {
          i++;
        }
        append(newer, j++, merged);
      }
    }
    return merged;
  }

  /** Appends one sample of a buffer to another. */
  public static void append(SampleColumns from, int i, SampleColumns to) {
    var histogram = from.histogram(i);
    if (histogram == null) {
      to.add(from.times[i], from.values[i]);
      if (to.histograms != null) {
        to.histograms[to.size - 1] = null;
      }
    } else {
      to.add(from.times[i], histogram);
    }
    long startTime = from.startTimeAt(i);
    if (startTime != 0) {
      to.startTime(startTime);
    } else if (to.startTimes != null) {
      to.startTimes[to.size - 1] = 0;
    }
  }

  /** Encodes the samples [from, to), a new chunk wherever floats and histograms change. */
  public List<Chunk> encode(SampleColumns samples, int from, int to, int maxSamples) {
    List<Chunk> chunks = new ArrayList<>();
    int at = from;
    while (at < to) {
      boolean floats = samples.histogram(at) == null;
      int end = at + 1;
      while (end < to && end - at < maxSamples && (samples.histogram(end) == null) == floats) {
        end++;
      }
      chunks.add(encoder.encode(samples, at, end));
      at = end;
    }
    return chunks;
  }
}
