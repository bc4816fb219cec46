package io.lookout.storage.block;

import io.lookout.model.ErrorCode;
import io.lookout.model.Fingerprint;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings the chunks of each series together, whatever part of the answer they come in, and stops
 * where a limit of the request is exceeded. Not thread-safe.
 */
public final class SeriesMerge {
  private final int maxSeries;
  private final long maxBytes;
  private final Map<Fingerprint, Merged> merged = new LinkedHashMap<>();
  private long bytes;

  /** A series and its chunks so far, which are those of its first part until another comes. */
  private static final class Merged {
    private final SeriesChunks first;
    private final long sequence;
    private @Nullable List<Ranked> all;

    Merged(SeriesChunks first, long sequence) {
      this.first = first;
      this.sequence = sequence;
    }

    void add(List<Chunk> chunks, long sequenceOfThese) {
      List<Ranked> together = all;
      if (together == null) {
        together = new ArrayList<>(first.chunks().size() + chunks.size());
        Ranked.add(first.chunks(), sequence, together);
        all = together;
      }
      Ranked.add(chunks, sequenceOfThese, together);
    }

    SeriesChunks result() {
      return all == null ? first : new SeriesChunks(first.key(), Ranked.inOrder(all));
    }
  }

  public SeriesMerge(int maxSeries, long maxBytes) {
    this.maxSeries = maxSeries;
    this.maxBytes = maxBytes;
  }

  /** As {@link #add(List, long)}, before everything that has a sequence. */
  public void add(List<SeriesChunks> part) {
    add(part, 0);
  }

  /**
   * @param sequence of samples of one time, that of the part with the higher one wins; of equal
   *     sequences, that of the part added later
   * @throws LookoutException with {@link ErrorCode#EXECUTION} where a limit is exceeded
   */
  public void add(List<SeriesChunks> part, long sequence) {
    for (SeriesChunks series : part) {
      for (Chunk chunk : series.chunks()) {
        bytes += chunk.encodedBytes();
      }
      Merged known = merged.putIfAbsent(series.key().fingerprint(), new Merged(series, sequence));
      if (known != null) {
        known.add(series.chunks(), sequence);
      }
      check();
    }
  }

  private void check() {
    if (merged.size() > maxSeries) {
      throw new LookoutException(
          ErrorCode.EXECUTION,
          "the selector matches more than " + maxSeries + " series, the limit of a query");
    }
    if (bytes > maxBytes) {
      throw new LookoutException(
          ErrorCode.EXECUTION,
          "the selected series take more than " + maxBytes + " bytes, the limit of a query");
    }
  }

  /**
   * The series, their chunks in the order of time. Those that overlap stand in the order of their
   * sequences: who reads them one after the other keeps the last sample of each time.
   */
  public List<SeriesChunks> result() {
    List<SeriesChunks> result = new ArrayList<>(merged.size());
    for (Merged series : merged.values()) {
      result.add(series.result());
    }
    return result;
  }
}
