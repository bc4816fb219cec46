package io.lookout.ingest.remotewrite;

import io.lookout.ingest.compress.Decompressor;
import io.lookout.ingest.decode.DecodeLimits;
import io.lookout.ingest.decode.Decoded;
import io.lookout.ingest.series.SeriesIndex;
import io.lookout.model.LookoutException;

/**
 * Turns the body of a remote write request, a compressed protobuf message, into columns.
 *
 * <p>A request that is not well-formed is refused as a whole. In a well-formed one, series with
 * invalid labels and implausible histograms are left out and named, and the rest is kept: the
 * sender will not send it again after a 400.
 *
 * <p>Keeps its buffers from request to request; not thread-safe.
 */
public final class RemoteWriteDecoder {
  private final DecodeLimits limits;
  private final Decompressor decompressor = new Decompressor();
  private final Version1Reader version1;
  private final Version2Reader version2;

  public RemoteWriteDecoder(SeriesIndex index, DecodeLimits limits) {
    this.limits = limits;
    this.version1 = new Version1Reader(index, limits);
    this.version2 = new Version2Reader(index, limits);
  }

  /**
   * Decodes {@code body[0..length)}.
   *
   * @throws LookoutException {@code BAD_DATA} for what is no such request, {@code TOO_LARGE} where
   *     it is beyond the limits
   */
  public Decoded decode(Announced announced, String tenant, byte[] body, int length) {
    int bytes = decompressor.decompress(announced.coding(), body, length, limits.maxBytes());
    return decodePlain(announced.version(), tenant, decompressor.buffer(), bytes);
  }

  /** Decodes {@code message[0..length)}, which is not compressed. */
  Decoded decodePlain(WireVersion version, String tenant, byte[] message, int length) {
    return switch (version) {
      case V1 -> version1.read(tenant, message, length);
      case V2 -> version2.read(tenant, message, length);
    };
  }
}
