package io.lookout.ingest.decode;

import io.lookout.ingest.pipeline.Rejections;
import io.lookout.model.bus.WriteBatch;

/**
 * What is in a request.
 *
 * @param batch what can be taken
 * @param rejections what cannot
 * @param series time series in the request, each counted as often as it is there
 * @param newSeries of these, those whose labels had to be parsed
 * @param bytes of the request after decompression
 */
public record Decoded(
    WriteBatch batch, Rejections rejections, int series, int newSeries, int bytes) {}
