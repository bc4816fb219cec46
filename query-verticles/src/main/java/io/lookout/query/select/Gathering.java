package io.lookout.query.select;

import io.lookout.model.ErrorCode;
import io.lookout.model.Fingerprint;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.SelectResult;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts together what storage nodes answer: a series that several of them hold is one. Confined to
 * one context.
 */
final class Gathering {
  private final SelectLimits limits;
  private final Map<Fingerprint, SeriesChunks> series = new LinkedHashMap<>();
  private long bytes;

  Gathering(SelectLimits limits) {
    this.limits = limits;
  }

  /**
   * @throws LookoutException with {@code EXECUTION} where this is more than the limits allow
   */
  void add(SelectResult result) {
    for (SeriesChunks each : result.series()) {
      series.merge(each.key().fingerprint(), each, Gathering::merge);
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

  private static SeriesChunks merge(SeriesChunks a, SeriesChunks b) {
    List<Chunk> chunks = new ArrayList<>(a.chunks().size() + b.chunks().size());
    chunks.addAll(a.chunks());
    chunks.addAll(b.chunks());
    return new SeriesChunks(a.key(), chunks);
  }

  List<SeriesChunks> series() {
    return List.copyOf(series.values());
  }
}
