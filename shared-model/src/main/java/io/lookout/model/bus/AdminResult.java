package io.lookout.model.bus;

/**
 * What a storage node has done.
 *
 * @param samples that were deleted
 */
public record AdminResult(long samples) {}
