package io.lookout.ingest.decode;

/**
 * What one request may be.
 *
 * @param maxBytes after decompression
 * @param maxEntries samples, histograms, exemplars and metadata entries together
 */
public record DecodeLimits(int maxBytes, int maxEntries) {}
