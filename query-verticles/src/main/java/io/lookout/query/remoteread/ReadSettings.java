package io.lookout.query.remoteread;

import io.lookout.cluster.settings.ByteSize;
import io.lookout.cluster.settings.Setting;

/** Remote read. */
public record ReadSettings(
    @Setting(
            name = "query.read.queries.max",
            defaultValue = "1000",
            help = "Queries that a request of remote read may have.")
        int maxQueries,
    @Setting(
            name = "query.read.samples.max",
            defaultValue = "50000000",
            help = "Samples that an answer of remote read may have; streamed ones have no limit.")
        long maxSamples,
    @Setting(
            name = "query.read.bytes.max",
            defaultValue = "128MiB",
            help =
                "Bytes that an answer of remote read may have before compression; streamed ones"
                    + " have no limit.")
        ByteSize maxBytes,
    @Setting(
            name = "query.read.frame.bytes",
            defaultValue = "1MiB",
            help = "Bytes of labels and chunks after which a frame of streamed remote read ends.")
        ByteSize frame) {
  public ReadSettings {
    if (maxQueries < 1 || maxSamples < 1 || maxBytes.bytes() < 1) {
      throw new IllegalArgumentException("limits of remote read must be at least 1");
    }
    if (frame.bytes() < 1 || frame.bytes() > 64 << 20) {
      throw new IllegalArgumentException("query.read.frame.bytes must be from 1 to 64MiB");
    }
  }
}
