package io.lookout.model.bus;

import io.lookout.model.SeriesKey;
import io.lookout.model.aggregate.Aggregate;
import io.lookout.model.aggregate.TimePart;
import io.lookout.model.chunk.Chunk;
import java.util.List;

/**
 * What a storage node holds of the wanted series. Chunks of a series are in the order of time where
 * they do not overlap, and where they do (late data, a window that is in the head and in the store)
 * in the order in which they were written: the reader merges, equal times are one sample, and the
 * later chunk in the list wins. A chunk may reach beyond the wanted range.
 *
 * <p>Where aggregates stand in for samples, each is a series with {@link Aggregate#LABEL}; native
 * histograms, and samples of other times, are series without it.
 *
 * @param series each series once, in no particular order
 * @param cursor names the rest of the answer, to be fetched by {@link SelectNext}; empty when this
 *     is all
 * @param downsampled for which times aggregates stand in for samples, ascending
 */
public record SelectResult(List<SeriesChunks> series, String cursor, List<TimePart> downsampled) {
  public SelectResult {
    downsampled = List.copyOf(downsampled);
  }

  /** Samples alone. */
  public SelectResult(List<SeriesChunks> series, String cursor) {
    this(series, cursor, List.of());
  }

  /** A series and its chunks. */
  public record SeriesChunks(SeriesKey key, List<Chunk> chunks) {}
}
