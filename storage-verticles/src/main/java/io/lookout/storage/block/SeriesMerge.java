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

/**
 * Brings the chunks of each series together, whatever part of the answer they come in, and stops
 * where a limit of the request is exceeded. Not thread-safe.
 */
public final class SeriesMerge {
  private static final Comparator<Chunk> BY_FIRST_TIME = Comparator.comparingLong(Chunk::minTime);

  private final int maxSeries;
  private final long maxBytes;
  private final Map<Fingerprint, SeriesChunks> merged = new LinkedHashMap<>();
  private long bytes;

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
      merged.merge(series.key().fingerprint(), series, SeriesMerge::together);
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

  private static SeriesChunks together(SeriesChunks a, SeriesChunks b) {
    List<Chunk> chunks = new ArrayList<>(a.chunks().size() + b.chunks().size());
    chunks.addAll(a.chunks());
    chunks.addAll(b.chunks());
    return new SeriesChunks(a.key(), chunks);
  }

  /** The series, their chunks in the order of their first time. */
  public List<SeriesChunks> result() {
    List<SeriesChunks> result = new ArrayList<>(merged.size());
    for (SeriesChunks series : merged.values()) {
      result.add(series.chunks().size() == 1 ? series : sorted(series));
    }
    return result;
  }

  private static SeriesChunks sorted(SeriesChunks series) {
    return new SeriesChunks(series.key(), series.chunks().stream().sorted(BY_FIRST_TIME).toList());
  }
}
