package io.lookout.storage.store;

import java.util.Optional;

/**
 * Which blocks to list: those whose windows begin in [from, to), ms, in the order of tenant,
 * metric, window and id, a page at a time.
 *
 * @param after the last one of the page before, or nothing
 * @param limit of the page
 */
public record BlockRange(long from, long to, Optional<StoredBlock> after, int limit) {
  public BlockRange {
    if (limit < 1) {
      throw new IllegalArgumentException("a page of " + limit + " blocks");
    }
  }

  /** The first page. */
  public static BlockRange of(long from, long to, int limit) {
    return new BlockRange(from, to, Optional.empty(), limit);
  }

  public BlockRange after(StoredBlock last) {
    return new BlockRange(from, to, Optional.of(last), limit);
  }
}
