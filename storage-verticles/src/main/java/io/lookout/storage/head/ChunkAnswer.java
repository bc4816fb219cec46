package io.lookout.storage.head;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import java.util.ArrayList;
import java.util.List;

/** References to the chunks of series, as many as the request allows. */
final class ChunkAnswer {
  private final SelectRequest request;
  private final HeadScratch scratch;
  private final List<SeriesChunks> series = new ArrayList<>();
  private long bytes;

  ChunkAnswer(SelectRequest request, HeadScratch scratch) {
    this.request = request;
    this.scratch = scratch;
  }

  /**
   * Adds what the series has in the range.
   *
   * @throws LookoutException with {@code EXECUTION} where it is more than the request allows
   */
  void add(Series found) {
    if (!found.overlaps(request.minTime(), request.maxTime())) {
      return;
    }
    List<Chunk> chunks = found.read(request.minTime(), request.maxTime(), scratch);
    if (!chunks.isEmpty()) {
      series.add(new SeriesChunks(found.key, chunks));
      for (Chunk chunk : chunks) {
        bytes += chunk.encodedBytes();
      }
      checkLimits();
    }
  }

  private void checkLimits() {
    if (series.size() > request.maxSeries()) {
      throw new LookoutException(
          ErrorCode.EXECUTION, "more than " + request.maxSeries() + " series match the selector");
    }
    if (bytes > request.maxBytes()) {
      throw new LookoutException(
          ErrorCode.EXECUTION,
          "the selected samples take more than " + request.maxBytes() + " bytes");
    }
  }

  List<SeriesChunks> series() {
    return series;
  }
}
