package io.lookout.ingest.compress;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyError;

/**
 * Decompresses snappy's block format into a buffer that is used again. The length that a block
 * declares is believed only up to a cap, and never allocated before it is checked against what the
 * compressed bytes could possibly hold.
 */
public final class SnappyBlock {
  /** Larger buffers are not kept between requests. */
  private static final int KEPT = 8 << 20;

  /** A copy element of three bytes makes at most 64: nothing compresses better. */
  private static final long BEST_RATIO = 22;

  private byte[] buffer = new byte[64 << 10];

  /** The decompressed bytes begin at index 0 and count until the next call. */
  public byte[] buffer() {
    return buffer;
  }

  /**
   * Decompresses {@code in[0..length)} and returns how long the result is.
   *
   * @throws LookoutException {@code TOO_LARGE} for more than {@code cap}, {@code BAD_DATA} for what
   *     is not snappy
   */
  public int decompress(byte[] in, int length, int cap) {
    int declared = declaredLength(in, length);
    if (declared > cap) {
      throw new LookoutException(
          ErrorCode.TOO_LARGE, "request is " + declared + " bytes when decompressed, limit " + cap);
    }
    if (declared > length * BEST_RATIO) {
      throw notSnappy("declares more bytes than it can hold", null);
    }
    if (buffer.length < declared || (buffer.length > KEPT && declared <= KEPT)) {
      buffer = new byte[Math.max(declared, Math.min(declared * 2, KEPT))];
    }
    try {
      int written = Snappy.uncompress(in, 0, length, buffer, 0);
      if (written != declared) {
        throw notSnappy("is shorter than it declares", null);
      }
      return written;
    } catch (IOException | SnappyError e) {
      throw notSnappy("is corrupt", e);
    }
  }

  /** The varint of 32 bits at the beginning; -1 never. */
  public static int declaredLength(byte[] in, int length) {
    long declared = 0;
    for (int i = 0; i < Math.min(length, 5); i++) {
      declared |= (in[i] & 0x7fL) << (7 * i);
      if (in[i] >= 0) {
        if (declared > Integer.MAX_VALUE - 16) {
          throw new LookoutException(
              ErrorCode.TOO_LARGE, "request is " + declared + " bytes when decompressed");
        }
        return (int) declared;
      }
    }
    throw notSnappy("has no length", null);
  }

  private static LookoutException notSnappy(String what, @Nullable Throwable cause) {
    String message = "body is not snappy block format: " + what;
    return cause == null
        ? new LookoutException(ErrorCode.BAD_DATA, message)
        : new LookoutException(ErrorCode.BAD_DATA, message, cause);
  }
}
