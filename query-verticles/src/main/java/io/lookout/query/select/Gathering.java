package io.lookout.query.select;

import io.lookout.model.ErrorCode;
import io.lookout.model.Fingerprint;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.SelectResult;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts together what storage nodes answer: a series that several of them hold is one. Thread-safe.
 */
final class Gathering {
  private final SelectLimits limits;
  private final boolean several;
  private final List<SeriesChunks> series = new ArrayList<>();
  private final Map<Fingerprint, Integer> places = new HashMap<>();
  private long bytes;

  /**
   * @param nodes that answer: one alone names each series once
   */
  Gathering(SelectLimits limits, int nodes) {
    this.limits = limits;
    this.several = nodes > 1;
  }

  /**
   * @throws LookoutException with {@code EXECUTION} where this is more than the limits allow
   */
  synchronized void add(SelectResult result) {
    for (SeriesChunks each : result.series()) {
      if (several) {
        merge(each);
      } else {
        series.add(each);
      }
      for (Chunk chunk : each.chunks()) {
        bytes += chunk.encodedBytes();
      }
    }
    if (series.size() > limits.maxSeries()) {
      throw new LookoutException(
          ErrorCode.EXECUTION,
          "query selects more than query.series.max (" + limits.maxSeries() + ") series");
    }
    if (bytes > limits.maxBytes()) {
      throw new LookoutException(
          ErrorCode.EXECUTION,
          "query selects more than query.bytes.max (" + limits.maxBytes() + ") bytes of chunks");
    }
  }

  private void merge(SeriesChunks added) {
    Integer place = places.putIfAbsent(added.key().fingerprint(), series.size());
    if (place == null) {
      series.add(added);
      return;
    }
    SeriesChunks known = series.get(place);
    List<Chunk> chunks = new ArrayList<>(known.chunks().size() + added.chunks().size());
    chunks.addAll(known.chunks());
    chunks.addAll(added.chunks());
    series.set(place, new SeriesChunks(known.key(), chunks));
  }

  /** All of them; nothing is added afterwards. */
  synchronized List<SeriesChunks> series() {
    return series;
  }
}
