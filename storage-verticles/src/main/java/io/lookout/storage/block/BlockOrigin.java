package io.lookout.storage.block;

/**
 * What a block is of, before its contents: {@link Block} explains each.
 *
 * @param sequence of equal times, the sample of the block with the higher one counts
 * @param level 0 as sealed, 1 compacted
 */
public record BlockOrigin(
    String tenant, String metric, long windowStart, long sequence, int level) {}
