package io.lookout.storage.block;

import io.lookout.model.ErrorCode;
import io.lookout.model.Fingerprint;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings the chunks of each series together, whatever part of the answer they come in, and stops
 * where a limit of the request is exceeded. Not thread-safe.
 *
 * <p>A day of 10,000 series is 120,000 parts: the series are found in an open-addressing table of
 * places in a list, and a series that comes in one part stays the object that it is.
 */
public final class SeriesMerge {
  private final int maxSeries;
  private final long maxBytes;
  private final List<MergedSeries> series = new ArrayList<>();

  /** Places in the list, one more than they are, by fingerprint; 0 where free. */
  private int[] places = new int[64];

  private long bytes;

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
    for (SeriesChunks each : part) {
      for (Chunk chunk : each.chunks()) {
        bytes += chunk.encodedBytes();
      }
      add(each, sequence);
      check();
    }
  }

  private void add(SeriesChunks added, long sequence) {
    int slot = slot(added.key().fingerprint());
    if (places[slot] != 0) {
      series.get(places[slot] - 1).add(added.chunks(), sequence);
      return;
    }
    series.add(new MergedSeries(added, sequence));
    places[slot] = series.size();
    if (series.size() * 2 > places.length) {
      grow();
    }
  }

  /** Where the series is in the table, or the free slot where it belongs. */
  private int slot(Fingerprint fingerprint) {
    int mask = places.length - 1;
    int slot = (int) fingerprint.low() & mask;
    while (places[slot] != 0 && !series.get(places[slot] - 1).is(fingerprint)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    places = new int[places.length * 4];
    for (int i = 0; i < series.size(); i++) {
      places[slot(series.get(i).fingerprint())] = i + 1;
    }
  }

  private void check() {
    if (series.size() > maxSeries) {
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
    List<SeriesChunks> result = new ArrayList<>(series.size());
    for (MergedSeries each : series) {
      result.add(each.result());
    }
    return result;
  }
}
