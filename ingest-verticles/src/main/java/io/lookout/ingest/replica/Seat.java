package io.lookout.ingest.replica;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;

/**
 * Who is elected.
 *
 * @param heardAt when it was last heard, ms, as far as all nodes were told
 */
record Seat(String replica, long heardAt) {
  /** For the shared map: {@code 1767323045000 replica-a}. */
  String text() {
    return heardAt + " " + replica;
  }

  static Seat parse(String text) {
    int blank = text.indexOf(' ');
    try {
      return new Seat(text.substring(blank + 1), Long.parseLong(text, 0, blank, 10));
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new LookoutException(
          ErrorCode.INTERNAL, "no elected replica can be read from '" + text + "'", e);
    }
  }

  boolean isSilent(long now, long failoverMillis) {
    return now - heardAt >= failoverMillis;
  }
}
