package io.lookout.storage;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.aggregate.TimePart;
import io.lookout.model.bus.SelectResult;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Large answers in parts: the first goes out with a cursor that names the rest. A rest that nobody
 * asks for is forgotten after a minute. Thread-safe.
 */
final class Cursors {
  private static final long EXPIRY_MS = 60_000;

  private final Vertx vertx;
  private final String prefix;
  private final long pageBytes;
  private final int maxCursors;
  private final Map<String, Rest> open = new HashMap<>();
  private long made;

  private record Rest(List<SeriesChunks> series, long timer) {}

  Cursors(Vertx vertx, String prefix, long pageBytes, int maxCursors) {
    this.vertx = vertx;
    this.prefix = prefix;
    this.pageBytes = pageBytes;
    this.maxCursors = maxCursors;
  }

  /**
   * The first part of the answer.
   *
   * @param downsampled for which times aggregates stand in: told with the first part
   * @throws LookoutException with {@link ErrorCode#UNAVAILABLE} where too many answers are under
   *     way
   */
  synchronized SelectResult first(List<SeriesChunks> series, List<TimePart> downsampled) {
    int end = endOfPage(series);
    if (end == series.size()) {
      return new SelectResult(series, "", downsampled);
    }
    if (open.size() >= maxCursors) {
      throw new LookoutException(
          ErrorCode.UNAVAILABLE, "more than " + maxCursors + " large answers are under way");
    }
    String cursor = prefix + made++;
    long timer = vertx.setTimer(EXPIRY_MS, expired -> forget(cursor));
    open.put(cursor, new Rest(series.subList(end, series.size()), timer));
    return new SelectResult(series.subList(0, end), cursor, downsampled);
  }

  /**
   * The part that a cursor names.
   *
   * @throws LookoutException with {@link ErrorCode#NOT_FOUND} where it has expired or never was
   */
  synchronized SelectResult next(String cursor) {
    Rest rest = open.remove(cursor);
    if (rest == null) {
      throw new LookoutException(ErrorCode.NOT_FOUND, "the rest of the answer has expired");
    }
    vertx.cancelTimer(rest.timer);
    return first(rest.series, List.of());
  }

  private synchronized void forget(String cursor) {
    open.remove(cursor);
  }

  synchronized int size() {
    return open.size();
  }

  /** At least one series. */
  private int endOfPage(List<SeriesChunks> series) {
    long bytes = 0;
    for (int i = 0; i < series.size(); i++) {
      for (Chunk chunk : series.get(i).chunks()) {
        bytes += chunk.encodedBytes();
      }
      if (bytes >= pageBytes) {
        return i + 1;
      }
    }
    return series.size();
  }
}
