package io.lookout.query.select;

/**
 * How much a selection may bring, over all storage nodes.
 *
 * @param maxSeries series
 * @param maxBytes bytes of encoded chunks
 */
public record SelectLimits(int maxSeries, long maxBytes) {}
