package io.lookout.storage.block;

import io.lookout.model.ErrorCode;
import io.lookout.model.Fingerprint;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings the chunks of each series together, whatever part of the answer they come in, and stops
 * where a limit of the request is exceeded. Not thread-safe.
 */
public final class SeriesMerge {
  private static final Comparator<Chunk> BY_FIRST_TIME = Comparator.comparingLong(Chunk::minTime);

  private final int maxSeries;
  private final long maxBytes;
  private final Map<Fingerprint, Merged> merged = new LinkedHashMap<>();
  private long bytes;

  /** A series and its chunks so far, which are those of its first part until another comes. */
  private static final class Merged {
    private final SeriesChunks first;
    private @Nullable List<Chunk> all;

    Merged(SeriesChunks first) {
      this.first = first;
    }

    void add(List<Chunk> chunks) {
      List<Chunk> together = all;
      if (together == null) {
        together = new ArrayList<>(first.chunks());
        all = together;
      }
      together.addAll(chunks);
    }

    SeriesChunks result() {
      List<Chunk> chunks = all == null ? first.chunks() : all;
      return chunks.size() == 1
          ? first
          : new SeriesChunks(first.key(), chunks.stream().sorted(BY_FIRST_TIME).toList());
    }
  }

  public SeriesMerge(int maxSeries, long maxBytes) {
    this.maxSeries = maxSeries;
    this.maxBytes = maxBytes;
  }

  /**
   * Of chunks that begin at the same time, those added later win.
   *
   * @throws LookoutException with {@link ErrorCode#EXECUTION} where a limit is exceeded
   */
  public void add(List<SeriesChunks> part) {
    for (SeriesChunks series : part) {
      for (Chunk chunk : series.chunks()) {
        bytes += chunk.encodedBytes();
      }
      Merged known = merged.putIfAbsent(series.key().fingerprint(), new Merged(series));
      if (known != null) {
        known.add(series.chunks());
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

  /** The series, their chunks in the order of their first time. */
  public List<SeriesChunks> result() {
    List<SeriesChunks> result = new ArrayList<>(merged.size());
    for (Merged series : merged.values()) {
      result.add(series.result());
    }
    return result;
  }
}
