package io.lookout.query.remoteread;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import java.io.IOException;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyError;

/** Bodies in snappy's block format. */
final class SnappyBody {
  /** A copy element of three bytes makes at most 64: nothing compresses better. */
  private static final long BEST_RATIO = 22;

  private SnappyBody() {}

  /**
   * @throws LookoutException {@code TOO_LARGE} for more than {@code cap} bytes, {@code BAD_DATA}
   *     for what is not snappy; nothing is allocated by a length that is not possible
   */
  static byte[] decompress(byte[] compressed, int cap) {
    try {
      long declared = Snappy.uncompressedLength(compressed);
      if (declared > cap) {
        throw new LookoutException(
            ErrorCode.TOO_LARGE,
            "request is " + declared + " bytes when decompressed, query.body.max is " + cap);
      }
      if (declared < 0 || declared > compressed.length * BEST_RATIO) {
        throw new LookoutException(
            ErrorCode.BAD_DATA, "body is not snappy: it declares more bytes than it can hold");
      }
      return Snappy.uncompress(compressed);
    } catch (IOException | SnappyError e) {
      throw new LookoutException(
          ErrorCode.BAD_DATA, "body is not snappy block format: " + e.getMessage(), e);
    }
  }

  static byte[] compress(byte[] bytes) {
    try {
      return Snappy.compress(bytes);
    } catch (IOException | SnappyError e) {
      throw new LookoutException(ErrorCode.INTERNAL, "answer cannot be compressed", e);
    }
  }
}
